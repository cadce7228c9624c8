package dev.millrace.read;

import dev.millrace.stream.Loss;
import dev.millrace.stream.ShardScan;

/**
 * Hears what reading costs and brings, as it happens. Called from the reader's threads: quick, and
 * never throwing. A home binds it to the metrics of its own; every method may be left out.
 */
public interface ReadMetrics {

  /** The calls a shard's reader makes. */
  enum Call {
    ITERATOR,
    RECORDS,
    SUBSCRIBE
  }

  /** A call is about to be made. */
  default void called(ShardScan scan, Call call) {}

  /**
   * An answer or a push came.
   *
   * @param records as the service stores them
   * @param bytes their payloads, as the service counts them against its limits
   */
  default void received(ShardScan scan, int records, long bytes) {}

  /** User records are handed on. */
  default void delivered(ShardScan scan, int userRecords) {}

  /**
   * User records were handed on whose hash key is not one of their shard's.
   *
   * @param userRecords at least one
   */
  default void outOfRange(ShardScan scan, int userRecords) {}

  /** A record looked like an aggregate and could not be taken apart; it is delivered as it is. */
  default void damagedAggregate(ShardScan scan) {}

  /** The service said that the shard is read too fast. */
  default void throttled(ShardScan scan) {}

  /** A call failed and will be made again. */
  default void retried(ShardScan scan, KinesisException.Kind cause) {}

  /** How far behind the shard's tip its reader is, in milliseconds, as of its newest answer. */
  default void lag(ShardScan scan, long millis) {}

  /** A subscription ended before its time, went silent or could not be had: the shard is polled. */
  default void fellBack(ShardScan scan, String why) {}

  /** Something could not be read; the ledger has it, too. */
  default void lost(Loss loss) {}

  /** The scan is over, well or not; nothing more is heard of it. */
  default void ended(ShardScan scan) {}

  /** For those who do not count. */
  static ReadMetrics none() {
    return new ReadMetrics() {};
  }
}
