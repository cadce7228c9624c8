package dev.millrace.emulator;

import dev.millrace.emulator.limits.MeterShape;
import dev.millrace.emulator.limits.ShardRates;

/**
 * The service's rates per shard, switched off by default. AWS's pages say MB in one place and MiB
 * in another: the defaults are MiB, and {@link #withReadBytesPerSecond} sets the other.
 */
public final class Limits {
  private static final long MIB = 1024 * 1024;

  private final ShardRates rates;

  private Limits(ShardRates rates) {
    this.rates = rates;
  }

  /** No limits. */
  public static Limits none() {
    return realRates(MeterShape.UNLIMITED);
  }

  /** The real rates, each allowance starting anew with every second of the clock. */
  public static Limits fixedWindow() {
    return realRates(MeterShape.FIXED_WINDOW);
  }

  /** The real rates, each allowance refilling continuously up to one second's worth. */
  public static Limits tokenBucket() {
    return realRates(MeterShape.TOKEN_BUCKET);
  }

  /** GetRecords calls per shard and second; 5 on the service. */
  public Limits withReadCallsPerSecond(long calls) {
    return new Limits(
        new ShardRates(
            rates.shape(),
            positive(calls),
            rates.readBytes(),
            rates.iteratorCalls(),
            rates.writeBytes(),
            rates.writeRecords(),
            rates.pushBytes()));
  }

  /** Bytes of record data served per shard and second; 2 MiB by default. */
  public Limits withReadBytesPerSecond(long bytes) {
    return new Limits(
        new ShardRates(
            rates.shape(),
            rates.readCalls(),
            positive(bytes),
            rates.iteratorCalls(),
            rates.writeBytes(),
            rates.writeRecords(),
            rates.pushBytes()));
  }

  /** Bytes of data and partition keys accepted per shard and second; 1 MiB by default. */
  public Limits withWriteBytesPerSecond(long bytes) {
    return new Limits(
        new ShardRates(
            rates.shape(),
            rates.readCalls(),
            rates.readBytes(),
            rates.iteratorCalls(),
            positive(bytes),
            rates.writeRecords(),
            rates.pushBytes()));
  }

  /** Bytes of record data pushed per consumer, shard and second; 2 MiB by default. */
  public Limits withPushBytesPerSecond(long bytes) {
    return new Limits(
        new ShardRates(
            rates.shape(),
            rates.readCalls(),
            rates.readBytes(),
            rates.iteratorCalls(),
            rates.writeBytes(),
            rates.writeRecords(),
            positive(bytes)));
  }

  ShardRates shardRates() {
    return rates;
  }

  @Override
  public String toString() {
    return rates.shape() == MeterShape.UNLIMITED ? "none" : rates.toString();
  }

  private static Limits realRates(MeterShape shape) {
    return new Limits(new ShardRates(shape, 5, 2 * MIB, 5, MIB, 1000, 2 * MIB));
  }

  private static long positive(long perSecond) {
    if (perSecond <= 0) {
      throw new IllegalArgumentException("A rate must be positive: " + perSecond);
    }
    return perSecond;
  }
}
