package dev.millrace.connector.plan;

import dev.millrace.stream.ShardId;
import java.util.Optional;
import java.util.Set;

/**
 * What an engine's filter says of the metadata columns of one table. A scan under conditions brings
 * every row that meets them; {@code arrival} and {@code shards} it meets exactly, so an engine need
 * not filter by those again, while the others only save reading.
 *
 * @param arrival from {@code _timestamp}
 * @param shards from {@code _shard_id}; none means all
 * @param sequences from {@code _sequence_number}
 * @param partitionKeys from {@code _partition_key}, equality only; none means all
 */
public record Conditions(
    TimeRange arrival,
    Optional<Set<ShardId>> shards,
    SequenceRange sequences,
    Optional<Set<String>> partitionKeys) {
  public static final Conditions NONE =
      new Conditions(TimeRange.ALL, Optional.empty(), SequenceRange.ALL, Optional.empty());
}
