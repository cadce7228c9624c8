package dev.millrace.local.fill;

import dev.millrace.local.store.Interval;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a query needs of a shard and the store does not have, by arrival time.
 *
 * @param spans disjoint, the oldest first
 */
public record Missing(List<Span> spans) {

  /**
   * A stretch of time.
   *
   * @param until exclusive
   */
  public record Span(Instant from, Instant until) {}

  /**
   * Compares a shard's coverage with a window.
   *
   * @param held the shard's intervals, in order
   * @param oldest before it there is nothing to read: retention's horizon, the stream's creation
   */
  public static Missing of(List<Interval> held, FillWindow window, Instant oldest) {
    List<Span> spans = new ArrayList<>();
    Instant end = window.until();
    if (window.since().isBefore(end)) {
      Instant reached = later(window.start(), oldest);
      for (Interval interval : held) {
        Instant until = interval.from().isBefore(end) ? interval.from() : end;
        add(spans, reached, until);
        reached = later(reached, interval.closed() ? end : interval.readTo());
      }
      add(spans, reached, end);
    }
    return new Missing(List.copyOf(spans));
  }

  private static void add(List<Span> spans, Instant from, Instant until) {
    if (from.isBefore(until)) {
      spans.add(new Span(from, until));
    }
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  /** All of it. */
  public Duration time() {
    return spans.stream()
        .map(span -> Duration.between(span.from(), span.until()))
        .reduce(Duration.ZERO, Duration::plus);
  }
}
