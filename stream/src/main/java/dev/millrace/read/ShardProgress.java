package dev.millrace.read;

import dev.millrace.stream.Position;
import java.time.Instant;
import java.util.Optional;

/** How far a followed shard was read: what a consumer stores with its own results to go on. */
public sealed interface ShardProgress {

  /**
   * It goes on here.
   *
   * @param readTo up to which arrival time it was read, where known: with it, a stop that outlasts
   *     the stream's retention is told from one that did not matter
   */
  record Reading(Position position, Optional<Instant> readTo) implements ShardProgress {}

  /**
   * It was read to its end.
   *
   * @param readTo the arrival time that it was read to, where known: once retention has passed it,
   *     the shard can be forgotten
   */
  record Finished(Optional<Instant> readTo) implements ShardProgress {}
}
