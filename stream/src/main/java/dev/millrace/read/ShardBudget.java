package dev.millrace.read;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What one shard's readers in this JVM may still ask for, all together.
 *
 * <p>Calls: at most the limit within any window of a little more than a second, counted from when
 * each may have reached the service, which holds against a fixed window and against a token bucket
 * alike. Bytes: an answer is paid for after it came, from the moment it was asked for, and the next
 * call waits until it is paid, so that no window can see more than the limit and one answer. One
 * call at a time: what the call under way will cost is not known yet.
 *
 * <p>Rivals outside this JVM show as throttles. Each halves the share that is taken of both limits,
 * and while the share is not whole answers are kept small: whoever takes ten megabytes at once
 * leaves nobody else a turn for five seconds.
 *
 * <p>Times are nanoseconds of the driver's own monotonic clock. Thread-safe.
 */
public final class ShardBudget {
  private static final long SECOND = 1_000_000_000L;
  private static final long MILLI = 1_000_000L;

  private static final long CALL_WINDOW = SECOND + 2 * MILLI;

  /** A call that took longer than the shortest may have been late by so much, but not by more. */
  private static final long MAX_LATE = 100 * MILLI;

  /** The service counts an answer a little after it was asked for. */
  private static final long ON_ITS_WAY = MILLI;

  /** A call whose answer nobody reports must not close the shard. */
  private static final long LONGEST_CALL = 10 * SECOND;

  /** How often to look whether the call under way came back. */
  private static final long IN_FLIGHT_LOOK = 5 * MILLI;

  /** How long the share takes from nothing back to the whole. */
  private static final long RECOVERY = 15 * SECOND;

  private static final double LEAST_SHARE = 0.1;

  /** Beside rivals, an answer takes about so much of a second's bytes. */
  private static final double SMALL_ANSWER = 0.4;

  private final Pacing pacing;

  /** When the calls of the last second reached the service, at the latest. */
  private final Deque<Long> recentCalls = new ArrayDeque<>();

  private long shortestCall = Long.MAX_VALUE;
  private long paidAt = Long.MIN_VALUE;
  private long lastIteratorAt = Long.MIN_VALUE;
  private long lastCallAt = Long.MIN_VALUE;
  private boolean inFlight;

  /** The part of the limits that is ours, as it was when a call was last throttled. */
  private double share = 1;

  private long throttledAt;

  ShardBudget(Pacing pacing) {
    this.pacing = pacing;
  }

  /**
   * Takes a permit for one GetRecords call at this time. What became of the call is told with
   * {@link #received}, {@link #throttled} or {@link #failed} and the same time.
   *
   * @return 0 with the permit taken, or how many nanoseconds to wait before asking again
   */
  public synchronized long takeCall(long now) {
    long wait = Math.max(waitForCall(now), waitForBytes(now));
    if (wait == 0) {
      recentCalls.addLast(now);
      lastCallAt = now;
      inFlight = true;
    }
    return wait;
  }

  private long waitForCall(long now) {
    if (Double.isInfinite(pacing.callsPerSecond())) {
      recentCalls.clear();
      return 0;
    }
    while (recentCalls.peekFirst() != null && now - recentCalls.peekFirst() >= CALL_WINDOW) {
      recentCalls.removeFirst();
    }
    @Nullable Long oldest = recentCalls.peekFirst();
    boolean full = oldest != null && recentCalls.size() >= (int) pacing.callsPerSecond();
    return Math.max(full ? oldest + CALL_WINDOW - now : 0, waitForRivals(now));
  }

  private long waitForRivals(long now) {
    double current = share(now);
    if (current == 1 || lastCallAt == Long.MIN_VALUE) {
      return 0;
    }
    long gap = (long) (SECOND / (pacing.callsPerSecond() * current));
    return Math.max(0, lastCallAt + gap - now);
  }

  private double share(long now) {
    return share == 1 ? 1 : Math.min(1, share + (double) (now - throttledAt) / RECOVERY);
  }

  private long waitForBytes(long now) {
    if (Double.isInfinite(pacing.bytesPerSecond())) {
      return 0;
    }
    if (inFlight && now - lastCallAt < LONGEST_CALL) {
      return IN_FLIGHT_LOOK;
    }
    return paidAt == Long.MIN_VALUE ? 0 : Math.max(0, paidAt - now);
  }

  /**
   * How many records the next call should ask for.
   *
   * @param most as many as the reader would take
   * @param averageBytes of the records it got so far, 0 where it got none
   */
  public synchronized int records(int most, long averageBytes, long now) {
    if (share(now) == 1 || averageBytes == 0) {
      return most;
    }
    double small = SMALL_ANSWER * pacing.bytesPerSecond() / averageBytes;
    return (int) Math.max(1, Math.min(most, small));
  }

  /** Takes a permit for one GetShardIterator call; as {@link #takeCall}. */
  public synchronized long takeIterator(long now) {
    if (Double.isInfinite(pacing.callsPerSecond())) {
      return 0;
    }
    long gap = (long) (SECOND / pacing.callsPerSecond());
    if (lastIteratorAt != Long.MIN_VALUE && now - lastIteratorAt < gap) {
      return gap - (now - lastIteratorAt);
    }
    lastIteratorAt = now;
    return 0;
  }

  /**
   * An answer came: its bytes delay the next call.
   *
   * @param calledAt when the call's permit was taken
   */
  public synchronized void received(long calledAt, long now, long bytes) {
    came(calledAt, now);
    if (Double.isInfinite(pacing.bytesPerSecond())) {
      return;
    }
    long cost = (long) (bytes / (pacing.bytesPerSecond() * share(now)) * SECOND);
    long asked = Math.min(now, calledAt + ON_ITS_WAY);
    paidAt = (paidAt == Long.MIN_VALUE ? asked : Math.max(paidAt, asked)) + cost;
  }

  /**
   * A call was throttled although it had a permit: somebody outside this JVM reads the shard, too.
   * The share of all its readers here halves and comes back over some seconds.
   */
  public synchronized void throttled(long calledAt, long now) {
    came(calledAt, now);
    share = Math.max(LEAST_SHARE, share(now) / 2);
    throttledAt = now;
  }

  /** A call failed in another way and brought nothing, or nobody waits for it any more. */
  public synchronized void failed(long calledAt, long now) {
    came(calledAt, now);
  }

  private void came(long calledAt, long now) {
    if (!inFlight || calledAt != lastCallAt) {
      return; // It was taken for lost, and another one is under way.
    }
    inFlight = false;
    long took = now - calledAt;
    shortestCall = Math.min(shortestCall, took);
    if (!recentCalls.isEmpty()) {
      recentCalls.removeLast();
      recentCalls.addLast(calledAt + Math.min(MAX_LATE, took - shortestCall));
    }
  }
}
