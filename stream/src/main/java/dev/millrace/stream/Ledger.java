package dev.millrace.stream;

import java.util.ArrayList;
import java.util.List;

/** The account of what could not be read. Nothing is dropped without an entry. Thread-safe. */
public final class Ledger {
  private final List<Loss> losses = new ArrayList<>();

  public synchronized void add(Loss loss) {
    losses.add(loss);
  }

  /** The entries so far, oldest first. */
  public synchronized List<Loss> losses() {
    return List.copyOf(losses);
  }
}
