package dev.millrace.emulator.limits;

/**
 * The allowance refills continuously up to one second's worth. What was charged above it is a debt
 * that refilling pays off first.
 */
final class TokenBucket implements Meter {
  private static final long MILLIS_PER_SECOND = 1000;

  private final long perSecond;

  /** Tokens times 1000, so that a millisecond refills a whole number of them. */
  private long milliTokens;

  private long refilledAtMillis = Long.MIN_VALUE;

  TokenBucket(long perSecond) {
    this.perSecond = perSecond;
    this.milliTokens = perSecond * MILLIS_PER_SECOND;
  }

  @Override
  public boolean tryTake(long units, long nowMillis) {
    refill(nowMillis);
    boolean full = milliTokens == perSecond * MILLIS_PER_SECOND;
    // Something larger than the bucket would never pass: it takes a full one, and a debt.
    if (units * MILLIS_PER_SECOND > milliTokens && !full) {
      return false;
    }
    milliTokens -= units * MILLIS_PER_SECOND;
    return true;
  }

  @Override
  public boolean hasRoom(long nowMillis) {
    refill(nowMillis);
    return milliTokens > 0;
  }

  @Override
  public void charge(long units, long nowMillis) {
    refill(nowMillis);
    milliTokens -= units * MILLIS_PER_SECOND;
  }

  private void refill(long nowMillis) {
    if (refilledAtMillis != Long.MIN_VALUE && nowMillis > refilledAtMillis) {
      long capacity = perSecond * MILLIS_PER_SECOND;
      long missing = capacity - milliTokens;
      long elapsed = nowMillis - refilledAtMillis;
      milliTokens =
          elapsed >= missing / perSecond + 1 ? capacity : milliTokens + elapsed * perSecond;
      milliTokens = Math.min(capacity, milliTokens);
    }
    refilledAtMillis = Math.max(refilledAtMillis, nowMillis);
  }
}
