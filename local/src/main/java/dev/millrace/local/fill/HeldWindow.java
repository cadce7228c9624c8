package dev.millrace.local.fill;

import java.time.Instant;
import java.util.Optional;

/** A span of arrival time of which everything is stored. */
public record HeldWindow(Instant from, Instant until) {

  /** What is in both. */
  public Optional<HeldWindow> and(HeldWindow other) {
    Instant start = from.isAfter(other.from) ? from : other.from;
    Instant end = until.isBefore(other.until) ? until : other.until;
    return start.isBefore(end) ? Optional.of(new HeldWindow(start, end)) : Optional.empty();
  }

  /** No time at all. */
  public HeldWindow nothing() {
    return new HeldWindow(from, from);
  }
}
