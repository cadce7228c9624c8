package dev.millrace.connector.plan;

import java.util.List;
import java.util.Optional;

/**
 * The shards that a scan reads.
 *
 * @param listed among how many they were picked
 * @param notes how, for EXPLAIN
 * @param warnings what the user should know
 */
record PickedShards(
    List<PlannedShard> shards, int listed, List<String> notes, List<String> warnings) {
  static final PickedShards NONE = new PickedShards(List.of(), 0, List.of(), List.of());

  /** The same, each read to one place in its order, so that another query can go on there. */
  PickedShards asPrefix(ScanFacts facts) {
    List<PlannedShard> prefixes =
        shards.stream()
            .map(
                planned ->
                    new PlannedShard(
                        planned.shard(),
                        planned.from(),
                        facts.window().prefixEnd(),
                        new TimeRange(planned.exact().from(), Optional.empty()),
                        planned.readTo(),
                        planned.span()))
            .toList();
    return new PickedShards(prefixes, listed, notes, warnings);
  }
}
