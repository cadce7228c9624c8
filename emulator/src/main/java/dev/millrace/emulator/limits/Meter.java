package dev.millrace.emulator.limits;

/**
 * An allowance of so many units a second. Times are epoch milliseconds of the emulator's clock. Not
 * thread-safe: {@link ShardMeters} holds the lock.
 */
interface Meter {

  /** Takes {@code units} if the allowance has room for them; takes nothing otherwise. */
  boolean tryTake(long units, long nowMillis);

  /** Whether anything at all is left of the allowance. */
  boolean hasRoom(long nowMillis);

  /**
   * Takes {@code units} that were served already, going into debt where they exceed the allowance.
   */
  void charge(long units, long nowMillis);
}
