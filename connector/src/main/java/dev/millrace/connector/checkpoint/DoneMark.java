package dev.millrace.connector.checkpoint;

import dev.millrace.read.ShardProgress;
import dev.millrace.stream.Loss;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamIdentity;
import java.time.Instant;
import java.util.List;

/**
 * What a split leaves behind that delivered its whole range, all of it taken by the engine. The
 * same split may leave it twice.
 *
 * @param reader the scan of a query that the split is of: the engine's id of the query, and which
 *     of its scans
 * @param progress where the next read of the shard starts: after the last record delivered or,
 *     where the range held none, where the range began
 * @param losses what the split could not read
 * @param at when the split was done
 */
public record DoneMark(
    String reader,
    StreamIdentity stream,
    ShardId shard,
    ShardProgress progress,
    List<Loss> losses,
    Instant at) {
  public DoneMark {
    losses = List.copyOf(losses);
  }
}
