package dev.millrace.connector.plan;

import dev.millrace.stream.Bound;
import dev.millrace.stream.Position;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.Shard;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Picks the shards of a scan that reads under no name, and where in each it begins and ends. */
final class ShardPicking {
  /** Asking whether a number is a position takes a call for each shard. */
  private static final int MOST_ASKED = 32;

  private final ScanFacts facts;
  private final QueryStreams streams;
  private final List<String> notes = new ArrayList<>();

  ShardPicking(ScanFacts facts, QueryStreams streams) {
    this.facts = facts;
    this.streams = streams;
  }

  PickedShards pick() {
    if (facts.isEmpty()) {
      return PickedShards.NONE;
    }
    List<Shard> listed = streams.shards(facts.table(), facts.filter(facts.window().since()));
    ShardConditions conditions = new ShardConditions(facts.conditions(), facts.table());
    List<SequencePushdown> wanted =
        listed.stream()
            .filter(conditions::allow)
            .map(shard -> new SequencePushdown(facts.conditions().sequences(), shard))
            .filter(pushdown -> !pushdown.excludesAll())
            .toList();
    boolean asked = wanted.stream().filter(p -> p.start().isPresent()).count() <= MOST_ASKED;
    if (!asked) {
      notes.add(
          "the lower bound of _sequence_number only picks shards: more than "
              + MOST_ASKED
              + " can hold it");
    }
    List<PlannedShard> shards =
        wanted.stream()
            .map(pushdown -> planned(pushdown, asked ? start(pushdown) : Optional.empty()))
            .toList();
    return new PickedShards(shards, listed.size(), notes, List.of());
  }

  /** A number that no record has may be no position for the service: it is asked. */
  private Optional<Position> start(SequencePushdown pushdown) {
    Optional<Position> start = pushdown.start().map(Position::at);
    if (start.isPresent() && !streams.takes(facts.table(), pushdown.shard().id(), start.get())) {
      notes.add(
          pushdown.shard().id()
              + " is read from further back: the service does not know the"
              + " sequence number of the condition in it");
      return Optional.empty();
    }
    return start;
  }

  private PlannedShard planned(SequencePushdown pushdown, Optional<Position> start) {
    ScanWindow window = facts.window();
    Position from = start.orElseGet(() -> window.from(facts.horizon(), facts.slack()));
    Optional<SequenceNumber> end = pushdown.end();
    Bound to = end.map(Bound::before).orElseGet(() -> window.to(facts.slack()));
    // A bound in sequence order does not end at the instant by itself.
    TimeRange exact =
        end.isPresent()
            ? window.exact().and(new TimeRange(Optional.empty(), Optional.of(window.end())))
            : window.exact();
    return new PlannedShard(pushdown.shard(), from, to, exact, Optional.empty(), span(window));
  }

  private Duration span(ScanWindow window) {
    Instant since = Picked.greater(window.since(), Optional.of(facts.horizon())).get();
    Duration span = Duration.between(since, window.end());
    return span.isNegative() ? Duration.ZERO : span;
  }
}
