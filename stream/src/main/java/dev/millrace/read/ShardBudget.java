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

  private final Pacing pacing;
  private final Deque<Long> recentCalls = new ArrayDeque<>();
  private long paidAt = Long.MIN_VALUE;
  private long lastIteratorAt = Long.MIN_VALUE;

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
    return full ? oldest + SECOND - now : 0;
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
