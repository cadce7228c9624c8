package dev.millrace.emulator.limits;

/** No limit at all. */
final class Unlimited implements Meter {

  @Override
  public boolean tryTake(long units, long nowMillis) {
    return true;
  }

  @Override
  public boolean hasRoom(long nowMillis) {
    return true;
  }

  @Override
  public void charge(long units, long nowMillis) {}
}
