package dev.millrace.read;

import dev.millrace.stream.ShardScan;

/** What a fetch hands to its consumer, in order for each scan. */
public sealed interface FetchEvent {
  ShardScan scan();

  /** Records came. */
  record Fetched(ShardScan scan, RecordBatch batch) implements FetchEvent {}

  /** The scan is over. */
  record Ended(ShardScan scan, ScanEnd end) implements FetchEvent {}
}
