package dev.millrace.local.fill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.local.fill.Missing.Span;
import dev.millrace.local.store.Interval;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Coverage against a window from minute 0 to minute 60, without slack. */
final class MissingTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant LONG_AGO = START.minus(Duration.ofDays(1));

  private static Instant at(int minute) {
    return START.plus(Duration.ofMinutes(minute));
  }

  private static FillWindow window(int since, int until) {
    return new FillWindow(at(since), at(until), at(60), LONG_AGO, Duration.ZERO);
  }

  private static Interval held(int from, int to) {
    return Interval.startingAt(at(from)).readTo(at(to));
  }

  private static Span span(int from, int until) {
    return new Span(at(from), at(until));
  }

  private static Missing missing(Interval... held) {
    return Missing.of(List.of(held), window(0, 60), LONG_AGO);
  }

  @Test
  void nothingHeld_isAllMissing() {
    assertThat(missing().spans()).containsExactly(span(0, 60));
    assertThat(missing().time()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void gaps_areBeforeBetweenAndAfter() {
    Missing missing = missing(held(10, 20), held(30, 50));
    assertThat(missing.spans()).containsExactly(span(0, 10), span(20, 30), span(50, 60));
    assertThat(missing.time()).isEqualTo(Duration.ofMinutes(30));
  }

  @Test
  void outsideTheWindow_doesNotMatter() {
    assertThat(missing(held(-20, -10), held(-5, 65)).spans()).isEmpty();
    assertThat(missing(held(-20, -10)).spans()).containsExactly(span(0, 60));
    assertThat(missing(held(70, 80)).spans()).containsExactly(span(0, 60));
  }

  @Test
  void closedShard_isHeldToItsEnd() {
    Interval closed = Interval.startingAt(at(10)).closedAt(at(20));
    assertThat(missing(closed).spans()).containsExactly(span(0, 10));
  }

  @Test
  void beforeTheOldest_thereIsNothing() {
    Missing missing = Missing.of(List.of(), window(0, 60), at(45));
    assertThat(missing.spans()).containsExactly(span(45, 60));
    assertThat(Missing.of(List.of(), window(0, 30), at(45)).spans()).isEmpty();
  }

  @Test
  void noTimeAtAll_missesNothing() {
    assertThat(Missing.of(List.of(), window(30, 30), LONG_AGO).spans()).isEmpty();
  }
}
