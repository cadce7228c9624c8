package dev.millrace.table;

import java.time.Duration;
import java.time.Instant;

/** Where a scan of a table starts when the query does not say. */
public sealed interface Start {

  /** At the oldest record retained. */
  record TrimHorizon() implements Start {}

  /** At what arrives after the query began; for those who follow. */
  record Latest() implements Start {}

  /** That long before the query began. */
  record Ago(Duration duration) implements Start {}

  record At(Instant instant) implements Start {}
}
