package dev.millrace.read;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What one shard's readers in this JVM may still ask for, all together.
 *
 * <p>Calls: at most the limit within any window of one second, which holds against a fixed window
 * and against a token bucket alike. Bytes: an answer is paid for after it came, and the next call
 * waits until it is paid, so that no window can see more than the limit and one answer.
 *
 * <p>Times are nanoseconds of the driver's own monotonic clock. Thread-safe.
 */
public final class ShardBudget {
  private static final long SECOND = 1_000_000_000L;

  /** How long the call rate takes from nothing back to the whole. */
  private static final long RECOVERY = 10 * SECOND;

  private static final double LEAST_SHARE = 0.1;

  private final Pacing pacing;
  private final Deque<Long> recentCalls = new ArrayDeque<>();
  private long paidAt = Long.MIN_VALUE;
  private long lastIteratorAt = Long.MIN_VALUE;
  private long lastCallAt = Long.MIN_VALUE;

  /** The part of the call rate that is ours, as it was when a call was last throttled. */
  private double share = 1;

  private long throttledAt;

  ShardBudget(Pacing pacing) {
    this.pacing = pacing;
  }

  /**
   * Takes a permit for one GetRecords call.
   *
   * @return 0 with the permit taken, or how many nanoseconds to wait before asking again
   */
  public synchronized long takeCall(long now) {
    long wait = Math.max(waitForCall(now), waitForBytes(now));
    if (wait == 0) {
      recentCalls.addLast(now);
      lastCallAt = now;
    }
    return wait;
  }

  private long waitForCall(long now) {
    if (Double.isInfinite(pacing.callsPerSecond())) {
      recentCalls.clear();
      return 0;
    }
    while (recentCalls.peekFirst() != null && now - recentCalls.peekFirst() >= SECOND) {
      recentCalls.removeFirst();
    }
    @Nullable Long oldest = recentCalls.peekFirst();
    boolean full = oldest != null && recentCalls.size() >= (int) pacing.callsPerSecond();
    return Math.max(full ? oldest + SECOND - now : 0, waitForRivals(now));
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
    return Math.min(1, share + (double) (now - throttledAt) / RECOVERY);
  }

  /**
   * A call was throttled although it had a permit: somebody outside this JVM reads the shard, too.
   * The rate of all its readers here halves and comes back over some seconds.
   */
  public synchronized void throttled(long now) {
    share = Math.max(LEAST_SHARE, share(now) / 2);
    throttledAt = now;
  }

  private long waitForBytes(long now) {
    return paidAt == Long.MIN_VALUE ? 0 : Math.max(0, paidAt - now);
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

  /** An answer came: its bytes delay the next call. */
  public synchronized void received(long now, long bytes) {
    if (Double.isInfinite(pacing.bytesPerSecond())) {
      return;
    }
    long cost = (long) (bytes / pacing.bytesPerSecond() * SECOND);
    paidAt = (paidAt == Long.MIN_VALUE ? now : Math.max(paidAt, now)) + cost;
  }
}
