package dev.millrace.connector.checkpoint;

import dev.millrace.stream.Loss;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamIdentity;
import java.time.Instant;
import java.util.List;

/**
 * What a split leaves behind that delivered its whole range, all of it taken by the engine. The
 * same split may leave it twice.
 *
 * @param query the engine's id of the query
 * @param scan which of the query's scans the split is of, as the plan counts them
 * @param losses what the split could not read
 * @param at when the split was done
 */
public record DoneMark(
    String query,
    String scan,
    StreamIdentity stream,
    ShardId shard,
    Reached reached,
    List<Loss> losses,
    Instant at) {
  public DoneMark {
    losses = List.copyOf(losses);
  }
}
