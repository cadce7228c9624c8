package dev.millrace.connector.plan;

import dev.millrace.connector.checkpoint.Checkpoint;
import dev.millrace.connector.checkpoint.CheckpointName;
import dev.millrace.connector.checkpoint.FoundCheckpoint;
import dev.millrace.read.ShardProgress;
import dev.millrace.stream.Loss;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamIdentity;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a scan reads under a name.
 *
 * @param found how far the name had come
 * @param since where the name started; none means at the trim horizon
 * @param there the shards there are: what the name knows of others is forgotten
 * @param losses shards that were gone before they were read to their end
 */
public record NamedScan(
    CheckpointName name,
    StreamIdentity stream,
    Optional<FoundCheckpoint> found,
    Optional<Instant> since,
    Set<ShardId> there,
    List<Loss> losses) {
  public NamedScan {
    there = Set.copyOf(there);
    losses = List.copyOf(losses);
  }

  /** How far the name has come once these shards were read, too. */
  public Checkpoint after(Map<ShardId, ShardProgress> read) {
    Map<ShardId, ShardProgress> shards = new HashMap<>();
    found.ifPresent(before -> shards.putAll(before.checkpoint().shards()));
    shards.keySet().retainAll(there);
    shards.putAll(read);
    return new Checkpoint(stream, since, shards);
  }
}
