package dev.millrace.simulation;

import java.util.ArrayDeque;
import java.util.Deque;

/** At most so many calls within a time, or the reader runs hot. */
final class CallRate {
  private final String call;
  private final int most;
  private final long nanos;
  private final Deque<Long> recent = new ArrayDeque<>();

  CallRate(String call, int most, long nanos) {
    this.call = call;
    this.most = most;
    this.nanos = nanos;
  }

  void count(long now) {
    while (!recent.isEmpty() && now - recent.getFirst() >= nanos) {
      recent.removeFirst();
    }
    recent.addLast(now);
    if (recent.size() > most) {
      throw new Violation(
          recent.size() + " " + call + " calls within " + nanos / Scheduler.MILLI + " ms");
    }
  }
}
