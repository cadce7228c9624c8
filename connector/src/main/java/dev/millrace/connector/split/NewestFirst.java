package dev.millrace.connector.split;

import dev.millrace.connector.plan.TimeRange;
import dev.millrace.stream.Bound;
import dev.millrace.stream.Position;
import dev.millrace.stream.ShardFacts;
import dev.millrace.stream.ShardScan;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A split as slices of arrival time, the newest first, each several times as wide as those before
 * it together, until the last one begins where the split does.
 *
 * <p>Arrival times are only nearly ordered, so a slice is read from {@code slack} before its time
 * to {@code slack} after it, and only the rows of its very time are taken: none is missing and none
 * comes twice. The first slice ends as the split does, and is at least as wide as {@code slack}, so
 * that no later one is read beyond the split's own end.
 */
final class NewestFirst implements Slices {
  private static final int GROWTH = 8;
  private static final Duration LONGEST_RETENTION = Duration.ofDays(365);

  private final Slice split;
  private final Duration slack;
  private final Instant end;
  private final Instant start;
  private Duration width;
  private Optional<Instant> until = Optional.empty();
  private boolean whole;

  private NewestFirst(Slice split, Duration slack, Instant end, Instant start) {
    this.split = split;
    this.slack = slack;
    this.end = end;
    this.start = start;
    this.width = slack.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : slack;
  }

  /** The slices of a split; one where its place is told in sequence numbers and not in time. */
  static Slices of(Slice split, Duration slack) {
    Optional<Instant> end = end(split);
    Optional<Instant> start = end.flatMap(time -> start(split, time));
    return start.isPresent()
        ? new NewestFirst(split, slack, end.orElseThrow(), start.get())
        : Slices.whole(split);
  }

  private static Optional<Instant> end(Slice split) {
    if (split.scan().to() instanceof Bound.TipAsOf tip) {
      Instant afterTip = tip.snapshot().plusMillis(1);
      return Optional.of(split.exact().until().filter(afterTip::isAfter).orElse(afterTip));
    } else if (split.scan().to() instanceof Bound.BeforeTime before) {
      return Optional.of(before.time());
    }
    return Optional.empty();
  }

  private static Optional<Instant> start(Slice split, Instant end) {
    if (split.scan().from() instanceof Position.AtTimestamp at) {
      return Optional.of(split.exact().from().filter(at.time()::isBefore).orElse(at.time()));
    } else if (split.scan().from() instanceof Position.TrimHorizon) {
      return Optional.of(end.minus(split.scan().facts().retention().orElse(LONGEST_RETENTION)));
    }
    return Optional.empty();
  }

  @Override
  public Optional<Slice> next() {
    if (whole) {
      return Optional.empty();
    }
    Instant from = end.minus(width);
    whole = !from.isAfter(start);
    Slice next = whole ? first() : later(from);
    until = Optional.of(from);
    width = width.multipliedBy(GROWTH);
    return Optional.of(next);
  }

  /** The oldest slice, which begins as the split does. */
  private Slice first() {
    ShardScan scan = split.scan();
    return slice(scan.from(), split.exact().from(), scan.facts());
  }

  private Slice later(Instant from) {
    ShardFacts facts = split.scan().facts();
    return slice(
        Position.at(from.minus(slack)),
        Optional.of(from),
        new ShardFacts(facts.hashKeys(), facts.retention(), Optional.empty()));
  }

  private Slice slice(Position from, Optional<Instant> exactFrom, ShardFacts facts) {
    ShardScan scan = split.scan();
    Bound to = until.map(Bound::before).orElse(scan.to());
    return new Slice(
        new ShardScan(scan.stream(), scan.shard(), from, to, facts),
        new TimeRange(exactFrom, until.isPresent() ? until : split.exact().until()));
  }
}
