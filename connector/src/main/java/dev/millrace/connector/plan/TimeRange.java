package dev.millrace.connector.plan;

import java.time.Instant;
import java.util.Optional;

/**
 * Arrival times, to the millisecond.
 *
 * @param from inclusive; none means as far back as the scan goes otherwise
 * @param until exclusive
 */
public record TimeRange(Optional<Instant> from, Optional<Instant> until) {
  public static final TimeRange ALL = new TimeRange(Optional.empty(), Optional.empty());

  /** What lies in both. */
  public TimeRange and(TimeRange other) {
    return new TimeRange(Picked.greater(from, other.from), Picked.smaller(until, other.until));
  }

  /** Whether no time lies in it. */
  public boolean isEmpty() {
    return from.isPresent() && until.isPresent() && !from.get().isBefore(until.get());
  }
}
