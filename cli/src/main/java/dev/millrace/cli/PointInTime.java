package dev.millrace.cli;

import java.time.Duration;
import java.time.Instant;

/** A place on a stream's time line, as a user writes it. */
sealed interface PointInTime {

  /** The oldest record retention still holds. */
  record TrimHorizon() implements PointInTime {}

  /** The tip: what arrives from now on, or what has arrived until now. */
  record Now() implements PointInTime {}

  /** A while back. */
  record Ago(Duration duration) implements PointInTime {}

  /** An instant. */
  record At(Instant instant) implements PointInTime {}
}
