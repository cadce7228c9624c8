package dev.millrace.connector.checkpoint;

import dev.millrace.read.ShardProgress;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamIdentity;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How far a name has come in a stream.
 *
 * @param stream the life of the stream that the positions are of; in another they mean nothing
 * @param since where the name's first query started: shards that no query has seen start there;
 *     none means the trim horizon
 * @param shards those read so far
 */
public record Checkpoint(
    StreamIdentity stream, Optional<Instant> since, Map<ShardId, ShardProgress> shards) {
  public Checkpoint {
    shards = Map.copyOf(shards);
  }
}
