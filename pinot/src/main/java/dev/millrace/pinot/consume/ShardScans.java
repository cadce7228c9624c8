package dev.millrace.pinot.consume;

import dev.millrace.pinot.offset.KinesisOffset;
import dev.millrace.read.ReadMetrics;
import dev.millrace.read.ScanFetch;
import dev.millrace.stream.Ledger;
import dev.millrace.stream.ShardId;
import java.time.Instant;

/** Starts readings of a shard, as a port. */
interface ShardScans extends AutoCloseable {

  /**
   * Starts reading from an offset without an end. May call the service once or twice first.
   *
   * @throws dev.millrace.stream.MillraceException what keeps it from being started
   */
  ScanFetch start(KinesisOffset from, Ledger ledger, ReadMetrics metrics);

  /** Asks whether the stream has a shard. */
  boolean isListed(ShardId shard);

  /** Notes up to which arrival time a shard was read when its consumer stood at an offset. */
  void stands(KinesisOffset offset, Instant readTo);

  /** Gives back what is shared. Readings that were started are closed by who started them. */
  @Override
  void close();
}
