package dev.millrace.emulator.limits;

/**
 * The allowance starts anew with each second of the clock. What was charged above it burdens the
 * following seconds: a 10 MiB answer at 2 MiB/s leaves nothing for five.
 */
final class FixedWindow implements Meter {
  private static final long WINDOW_MILLIS = 1000;

  private final long perSecond;
  private long window = Long.MIN_VALUE;
  private long used;

  FixedWindow(long perSecond) {
    this.perSecond = perSecond;
  }

  @Override
  public boolean tryTake(long units, long nowMillis) {
    roll(nowMillis);
    // Something larger than a whole window would never pass: it takes a fresh one, and a debt.
    if (used + units > perSecond && used > 0) {
      return false;
    }
    used += units;
    return true;
  }

  @Override
  public boolean hasRoom(long nowMillis) {
    roll(nowMillis);
    return used < perSecond;
  }

  @Override
  public void charge(long units, long nowMillis) {
    roll(nowMillis);
    used += units;
  }

  private void roll(long nowMillis) {
    long current = Math.floorDiv(nowMillis, WINDOW_MILLIS);
    if (window == Long.MIN_VALUE) {
      window = current;
    } else if (current > window) {
      used = Math.max(0, used - saturatedProduct(perSecond, current - window));
      window = current;
    }
  }

  private static long saturatedProduct(long left, long right) {
    return Math.multiplyHigh(left, right) == 0 && left * right >= 0 ? left * right : Long.MAX_VALUE;
  }
}
