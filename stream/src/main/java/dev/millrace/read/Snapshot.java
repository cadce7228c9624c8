package dev.millrace.read;

import dev.millrace.stream.Shard;
import dev.millrace.stream.StreamRef;
import dev.millrace.stream.StreamSummary;
import java.time.Instant;
import java.util.List;

/**
 * A stream at one instant of the service's clock. Every scan, retry and self-join of one query
 * shares it: its shard set is fixed, and no record that arrived after it is seen.
 *
 * @param time the instant; what arrived later does not belong to the query
 * @param shards the shards that can hold a record of the wanted time, as listed after the instant
 */
public record Snapshot(StreamRef stream, StreamSummary summary, Instant time, List<Shard> shards) {
  public Snapshot {
    shards = List.copyOf(shards);
  }

  /** The oldest arrival time that retention still holds at the snapshot. */
  public Instant trimHorizon() {
    return time.minus(summary.retention());
  }
}
