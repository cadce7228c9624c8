package dev.millrace.simulation;

import java.time.Instant;
import java.util.PriorityQueue;

/**
 * The virtual clock and what is to happen on it. Of two things due at once the seed decides which
 * comes first.
 */
final class Scheduler {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final long MILLI = 1_000_000L;
  static final long SECOND = 1_000 * MILLI;

  private record Entry(long at, int tie, long order, Runnable action) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int byTime = Long.compare(at, other.at);
      if (byTime != 0) {
        return byTime;
      }
      int byTie = Integer.compare(tie, other.tie);
      return byTie != 0 ? byTie : Long.compare(order, other.order);
    }
  }

  private final PriorityQueue<Entry> queue = new PriorityQueue<>();
  private final Dice dice;
  private long now;
  private long order;

  Scheduler(Dice dice, long startMillis) {
    this.dice = dice;
    this.now = startMillis * MILLI;
  }

  /** Nanoseconds since {@link #START}. */
  long now() {
    return now;
  }

  /** Milliseconds since {@link #START}. */
  long millis() {
    return now / MILLI;
  }

  static Instant instant(long millis) {
    return START.plusMillis(millis);
  }

  static long millisOf(Instant time) {
    return time.toEpochMilli() - START.toEpochMilli();
  }

  void at(long nanos, Runnable action) {
    queue.add(new Entry(Math.max(now, nanos), dice.between(0, 1 << 20), order++, action));
  }

  void after(long nanos, Runnable action) {
    at(now + nanos, action);
  }

  /** Does what is due next; false when nothing is. */
  boolean runNext() {
    Entry next = queue.poll();
    if (next == null) {
      return false;
    }
    now = Math.max(now, next.at);
    next.action.run();
    return true;
  }

  /** Does what is due until then, also from within something that is being done. */
  void runUntil(long nanos) {
    while (!queue.isEmpty() && queue.element().at <= nanos) {
      runNext();
    }
    now = Math.max(now, nanos);
  }
}
