package dev.millrace.read;

import dev.millrace.stream.ShardScan;
import java.time.Instant;

/** What a fetch hands to its consumer, in order for each scan. */
public sealed interface FetchEvent {
  ShardScan scan();

  /** Records came. */
  record Fetched(ShardScan scan, RecordBatch batch) implements FetchEvent {}

  /** Nothing came for a while: all that arrived up to a time was read. */
  record Progressed(ShardScan scan, Instant readTo) implements FetchEvent {}

  /** The scan is over. */
  record Ended(ShardScan scan, ScanEnd end) implements FetchEvent {}
}
