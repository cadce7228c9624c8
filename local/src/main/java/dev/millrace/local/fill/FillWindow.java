package dev.millrace.local.fill;

import java.time.Duration;
import java.time.Instant;

/**
 * What a query needs of a stream.
 *
 * @param since the first arrival time wanted
 * @param until the first arrival time not wanted any more
 * @param snapshot the query's instant
 * @param trimHorizon the oldest arrival time that retention holds at the snapshot
 * @param slack how far arrival times may be out of order within a shard
 */
public record FillWindow(
    Instant since, Instant until, Instant snapshot, Instant trimHorizon, Duration slack) {

  /** Where reading starts so that no record from {@code since} on is missed. */
  Instant start() {
    return since.minus(slack);
  }

  /** Where reading ends so that no record before {@code until} is missed. */
  Instant paddedEnd() {
    return until.plus(slack);
  }

  Duration retention() {
    return Duration.between(trimHorizon, snapshot);
  }

  /** True where the window ends in the past, so that a time bounds it and not the tip. */
  boolean endsBeforeTip() {
    return paddedEnd().isBefore(snapshot);
  }
}
