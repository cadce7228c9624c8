package dev.millrace.local.fill;

import dev.millrace.local.store.Interval;
import dev.millrace.local.store.Interval.Span;
import dev.millrace.stream.Bound;
import dev.millrace.stream.Position;
import dev.millrace.stream.ShardFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A stretch of a shard that a query needs and the store does not have.
 *
 * @param place the interval that grows, or the place where a new one goes
 * @param isNew whether it is a new interval
 * @param start the arrival time from which something is missing
 * @param end the arrival time up to which something is missing
 * @param next the interval whose first record bounds the gap; empty where a time does
 */
record Gap(int place, boolean isNew, Instant start, Instant end, OptionalInt next) {

  /**
   * The newest gap.
   *
   * <p>Intervals are disjoint and in sequence order, so they are in order of {@code from}, too. Two
   * of them always have a gap between them, or they would be one. One that ended before the window
   * does not matter: what follows it is asked for from the window's own start.
   *
   * @param tipReached whether this fill has read to the tip as of the snapshot; coverage says less
   *     than that, by the slack, so that a later query looks once more
   */
  static Optional<Gap> newest(List<Interval> intervals, FillWindow window, boolean tipReached) {
    int last = lastBefore(window.paddedEnd(), intervals);
    if (last < 0 || !matters(intervals.get(last), window)) {
      return Optional.of(fresh(intervals, window, last + 1, window.until()));
    }
    Interval newest = intervals.get(last);
    if (!tipReached && !newest.closed() && newest.readTo().isBefore(window.until())) {
      return Optional.of(extending(intervals, window, last, window.until()));
    }
    return newest.from().isAfter(window.start())
        ? Optional.of(before(intervals, window, last))
        : Optional.empty();
  }

  private static Gap before(List<Interval> intervals, FillWindow window, int i) {
    Instant end = intervals.get(i).from();
    return i > 0 && matters(intervals.get(i - 1), window)
        ? extending(intervals, window, i - 1, end)
        : fresh(intervals, window, i, end);
  }

  private static int lastBefore(Instant end, List<Interval> intervals) {
    int last = intervals.size() - 1;
    while (last >= 0 && !intervals.get(last).from().isBefore(end)) {
      last--;
    }
    return last;
  }

  private static boolean matters(Interval interval, FillWindow window) {
    // Within the slack, going on after its last record reads less than a start at a time.
    return interval.closed() || !interval.readTo().plus(window.slack()).isBefore(window.start());
  }

  private static Gap fresh(List<Interval> intervals, FillWindow window, int place, Instant end) {
    return new Gap(place, true, window.start(), end, nextHeld(intervals, window, place));
  }

  private static Gap extending(
      List<Interval> intervals, FillWindow window, int place, Instant end) {
    Instant start = intervals.get(place).readTo();
    return new Gap(place, false, start, end, nextHeld(intervals, window, place + 1));
  }

  /** The next interval with records, unless the window ends before it. */
  private static OptionalInt nextHeld(List<Interval> intervals, FillWindow window, int from) {
    for (int i = from; i < intervals.size(); i++) {
      if (intervals.get(i).held().isPresent()) {
        boolean beyond = intervals.get(i).from().isAfter(window.paddedEnd());
        return beyond ? OptionalInt.empty() : OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /** Only its newest part, where it is much wider than that. */
  Gap newestPart(Duration width) {
    Instant from = end.minus(width);
    return from.minus(width).isAfter(start)
        ? new Gap(isNew ? place : place + 1, true, from, end, next)
        : this;
  }

  /** The part that retention can still hold. */
  Gap from(Instant horizon) {
    return new Gap(isNew ? place : place + 1, true, horizon, end, next);
  }

  Position position(List<Interval> intervals, FillWindow window) {
    if (isNew) {
      return at(start, window);
    }
    Interval growing = intervals.get(place);
    return growing
        .held()
        .map(span -> Position.after(span.last()))
        .orElseGet(() -> at(afterNothing(growing, window), window));
  }

  private static Position at(Instant time, FillWindow window) {
    return time.isAfter(window.trimHorizon()) ? Position.at(time) : Position.trimHorizon();
  }

  /** An interval without a record goes on at a time, not at a record. */
  private static Instant afterNothing(Interval empty, FillWindow window) {
    Instant padded = empty.readTo().minus(window.slack());
    return padded.isAfter(empty.from()) ? padded : empty.from();
  }

  /** What the store knows of the shard where the gap begins. */
  ShardFacts facts(List<Interval> intervals, FillWindow window) {
    ShardFacts facts = ShardFacts.none().withRetention(window.retention());
    // What is gone before an interval that holds nothing aged out before the query's instant.
    boolean atHorizon = position(intervals, window) instanceof Position.TrimHorizon;
    return isNew || atHorizon ? facts : facts.withReadTo(intervals.get(place).readTo());
  }

  Bound bound(List<Interval> intervals, FillWindow window) {
    if (next.isPresent()) {
      Span span = intervals.get(next.getAsInt()).held().orElseThrow();
      return Bound.before(span.first());
    }
    return window.endsBeforeTip() ? Bound.before(window.until()) : Bound.tipAsOf(window.snapshot());
  }
}
