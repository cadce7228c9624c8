package dev.millrace.connector.plan;

import dev.millrace.stream.Bound;
import dev.millrace.stream.Position;
import dev.millrace.stream.Shard;
import dev.millrace.stream.ShardFacts;
import dev.millrace.stream.ShardScan;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A shard that is read.
 *
 * @param exact the arrival times whose rows are wanted
 * @param readTo up to which arrival time an earlier query read everything before {@code from}
 * @param span the arrival time it covers
 */
record PlannedShard(
    Shard shard,
    Position from,
    Bound to,
    TimeRange exact,
    Optional<Instant> readTo,
    Duration span) {

  ShardScan scan(ScanFacts facts) {
    ShardFacts known =
        new ShardFacts(
            Optional.of(shard.hashKeys()), Optional.of(facts.summary().retention()), readTo);
    return new ShardScan(facts.table().stream(), shard.id(), from, to, known);
  }
}
