package dev.millrace.stream;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * A shard as the service lists it.
 *
 * @param parent the shard it was split from, or the first of the two it was merged from
 * @param adjacentParent the second of the two it was merged from
 * @param firstSequence the lowest sequence number it can hold
 * @param lastSequence the highest one; present exactly when the shard is closed
 */
public record Shard(
    ShardId id,
    Optional<ShardId> parent,
    Optional<ShardId> adjacentParent,
    HashKeyRange hashKeys,
    SequenceNumber firstSequence,
    Optional<SequenceNumber> lastSequence) {

  public boolean isOpen() {
    return lastSequence.isEmpty();
  }

  public Stream<ShardId> parents() {
    return Stream.concat(parent.stream(), adjacentParent.stream());
  }
}
