package dev.millrace.connector.system;

import dev.millrace.read.ReadMetrics;
import dev.millrace.stream.Loss;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What the splits lost that were read in this JVM: the newest of it. Thread-safe. */
public final class QueryLosses implements ReadMetrics {
  private static final int MOST = 10_000;

  private final InstantSource clock;
  private final Deque<Noticed> entries = new ArrayDeque<>();

  /**
   * A loss.
   *
   * @param at when it was noticed
   */
  record Noticed(Instant at, Loss loss) {}

  public QueryLosses(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized void lost(Loss loss) {
    if (entries.size() == MOST) {
      entries.removeFirst();
    }
    entries.addLast(new Noticed(clock.instant(), loss));
  }

  /** Oldest first. */
  synchronized List<Noticed> entries() {
    return List.copyOf(entries);
  }
}
