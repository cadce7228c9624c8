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
    return new TimeRange(later(from, other.from), earlier(until, other.until));
  }

  private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
    return one.isPresent() && other.isPresent()
        ? Optional.of(one.get().isAfter(other.get()) ? one.get() : other.get())
        : one.or(() -> other);
  }

  private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
    return one.isPresent() && other.isPresent()
        ? Optional.of(one.get().isBefore(other.get()) ? one.get() : other.get())
        : one.or(() -> other);
  }
}
