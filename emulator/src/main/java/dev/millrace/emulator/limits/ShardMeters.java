package dev.millrace.emulator.limits;

/** The meters of one shard. Thread-safe. */
public final class ShardMeters {
  private final Meter readCalls;
  private final Meter readBytes;
  private final Meter iteratorCalls;
  private final Meter writeBytes;
  private final Meter writeRecords;
  private ReadTally tally = ReadTally.NONE;

  public ShardMeters(ShardRates rates) {
    MeterShape shape = rates.shape();
    readCalls = shape.meter(rates.readCalls());
    readBytes = shape.meter(rates.readBytes());
    iteratorCalls = shape.meter(rates.iteratorCalls());
    writeBytes = shape.meter(rates.writeBytes());
    writeRecords = shape.meter(rates.writeRecords());
  }

  /**
   * Takes the permit of one GetRecords call. The size of the answer is not known yet: the call
   * passes while any byte is left, and {@link #readBytes} charges what was served.
   */
  public synchronized boolean tryRead(long nowMillis) {
    boolean allowed = readBytes.hasRoom(nowMillis) && readCalls.tryTake(1, nowMillis);
    if (!allowed) {
      tally = tally.refusal();
    }
    return allowed;
  }

  public synchronized void readBytes(long bytes, long nowMillis) {
    readBytes.charge(bytes, nowMillis);
    tally = tally.answer(bytes, nowMillis);
  }

  /** What was read so far. */
  public synchronized ReadTally tally() {
    return tally;
  }

  public synchronized boolean tryIterator(long nowMillis) {
    return iteratorCalls.tryTake(1, nowMillis);
  }

  /** Takes the permit to write one record of that many bytes, partition key included. */
  public synchronized boolean tryWrite(long bytes, long nowMillis) {
    return writeRecords.hasRoom(nowMillis)
        && writeBytes.tryTake(bytes, nowMillis)
        && writeRecords.tryTake(1, nowMillis);
  }
}
