package dev.millrace.connector.plan;

import dev.millrace.stream.ShardId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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

  /** So many are named in EXPLAIN. */
  private static final int NAMED = 5;

  public Conditions {
    shards = shards.map(Set::copyOf);
    partitionKeys = partitionKeys.map(Set::copyOf);
  }

  public static Conditions ofArrival(TimeRange range) {
    return new Conditions(range, Optional.empty(), SequenceRange.ALL, Optional.empty());
  }

  /** Both at once, as of filters that an engine pushes one after the other. */
  public Conditions and(Conditions other) {
    return new Conditions(
        arrival.and(other.arrival),
        common(shards, other.shards),
        sequences.and(other.sequences),
        common(partitionKeys, other.partitionKeys));
  }

  private static <T> Optional<Set<T>> common(Optional<Set<T>> one, Optional<Set<T>> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.or(() -> other);
    }
    return Optional.of(
        one.get().stream().filter(other.get()::contains).collect(Collectors.toUnmodifiableSet()));
  }

  /** As EXPLAIN shows them; none where there are none. */
  public Optional<String> describe() {
    List<String> parts = new ArrayList<>();
    arrival.from().ifPresent(time -> parts.add("_timestamp >= " + time));
    arrival.until().ifPresent(time -> parts.add("_timestamp < " + time));
    shards.ifPresent(ids -> parts.add("_shard_id in " + list(ids)));
    sequences.from().ifPresent(number -> parts.add("_sequence_number >= " + number));
    sequences.until().ifPresent(number -> parts.add("_sequence_number <= " + number));
    partitionKeys.ifPresent(keys -> parts.add("_partition_key in " + list(keys)));
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(" and ", parts));
  }

  private static String list(Collection<?> values) {
    String some =
        values.stream()
            .map(String::valueOf)
            .sorted()
            .limit(NAMED)
            .collect(Collectors.joining(", "));
    int more = values.size() - NAMED;
    return "(" + some + (more > 0 ? ", and " + more + " more)" : ")");
  }
}
