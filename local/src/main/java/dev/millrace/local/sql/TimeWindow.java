package dev.millrace.local.sql;

import java.time.Instant;
import java.util.Optional;

/**
 * A span of arrival time that holds every row a statement can use.
 *
 * @param from inclusive; empty where the statement sets none
 * @param to exclusive; empty where the statement sets none, or one that is not in the past
 */
public record TimeWindow(Optional<Instant> from, Optional<Instant> to) {

  static final TimeWindow UNBOUNDED = new TimeWindow(Optional.empty(), Optional.empty());

  /** What is in both: two conditions on one use of a table. */
  TimeWindow and(TimeWindow other) {
    return new TimeWindow(
        later(from, other.from).or(() -> from).or(() -> other.from),
        earlier(to, other.to).or(() -> to).or(() -> other.to));
  }

  /** What holds both: two uses of one table. */
  TimeWindow or(TimeWindow other) {
    return new TimeWindow(earlier(from, other.from), later(to, other.to));
  }

  private static Optional<Instant> later(Optional<Instant> a, Optional<Instant> b) {
    return a.flatMap(x -> b.map(y -> x.isAfter(y) ? x : y));
  }

  private static Optional<Instant> earlier(Optional<Instant> a, Optional<Instant> b) {
    return a.flatMap(x -> b.map(y -> x.isBefore(y) ? x : y));
  }
}
