package dev.millrace.connector.checkpoint;

import dev.millrace.stream.ShardId;
import java.time.Instant;
import java.util.Map;

/**
 * How far a name has come in a stream.
 *
 * @param version which of the name's checkpoints it is: advancing succeeds only where it still is
 *     the newest
 * @param shards those read so far; one that is not among them is new, or its scan was never planned
 * @param query the query that moved the name here
 * @param at when it did
 */
public record Checkpoint(long version, Map<ShardId, Reached> shards, String query, Instant at) {
  public Checkpoint {
    shards = Map.copyOf(shards);
  }
}
