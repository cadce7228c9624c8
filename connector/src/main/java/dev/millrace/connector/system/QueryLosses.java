package dev.millrace.connector.system;

import dev.millrace.connector.checkpoint.LedgerEntry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What queries lost whose splits were read in this JVM: the newest of it. Thread-safe. */
public final class QueryLosses {
  private static final int MOST = 10_000;

  private final Deque<LedgerEntry> entries = new ArrayDeque<>();

  public synchronized void add(LedgerEntry entry) {
    if (entries.size() == MOST) {
      entries.removeFirst();
    }
    entries.addLast(entry);
  }

  /** Oldest first. */
  synchronized List<LedgerEntry> entries() {
    return List.copyOf(entries);
  }
}
