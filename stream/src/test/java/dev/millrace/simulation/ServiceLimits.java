package dev.millrace.simulation;

import java.util.ArrayDeque;
import java.util.Deque;

/** The service's own limits for one shard, which it shares with a rival from time to time. */
final class ServiceLimits {
  private static final int CALLS = 5;
  private static final long BYTES_PER_MILLI = 2_000;
  private static final long RIVAL_PERIOD = 20_000;

  private final int rivalCalls;
  private final Deque<Long> calls = new ArrayDeque<>();
  private final Deque<Long> iterators = new ArrayDeque<>();
  private long readableAt = Long.MIN_VALUE;

  ServiceLimits(int rivalCalls) {
    this.rivalCalls = rivalCalls;
  }

  /** Whether a call for records is let through. */
  boolean admitsCall(long millis) {
    int rival = millis / RIVAL_PERIOD % 2 == 0 ? rivalCalls : 0;
    return readableAt <= millis && admits(calls, millis, CALLS - rival);
  }

  boolean admitsIterator(long millis) {
    return admits(iterators, millis, CALLS);
  }

  private static boolean admits(Deque<Long> recent, long millis, int limit) {
    while (!recent.isEmpty() && recent.getFirst() <= millis - 1_000) {
      recent.removeFirst();
    }
    if (recent.size() >= limit) {
      return false;
    }
    recent.addLast(millis);
    return true;
  }

  void answered(long millis, long bytes) {
    readableAt = Math.max(readableAt, millis) + bytes / BYTES_PER_MILLI;
  }
}
