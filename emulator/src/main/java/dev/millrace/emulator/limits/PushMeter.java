package dev.millrace.emulator.limits;

/** What one consumer may be pushed of one shard, beside what pollers read. Thread-safe. */
public final class PushMeter {
  private final Meter bytes;

  public PushMeter(ShardRates rates) {
    bytes = rates.shape().meter(rates.pushBytes());
  }

  /** Whether anything at all may be pushed now; what it was is charged afterwards. */
  public synchronized boolean hasRoom(long nowMillis) {
    return bytes.hasRoom(nowMillis);
  }

  public synchronized void charge(long pushed, long nowMillis) {
    bytes.charge(pushed, nowMillis);
  }
}
