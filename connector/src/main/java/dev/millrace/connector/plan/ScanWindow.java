package dev.millrace.connector.plan;

import dev.millrace.connector.option.ReadBound;
import dev.millrace.connector.option.SessionOptions;
import dev.millrace.stream.Bound;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.Position;
import dev.millrace.table.TableDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The arrival times that a scan wants.
 *
 * @param now the query's instant: what arrived later is not read
 * @param until exclusive; none means up to the instant
 */
record ScanWindow(Instant now, ScanStart start, Optional<Instant> until) {
  /** So far a coordinator's clock may be ahead of the service's. */
  private static final Duration CLOCK_ERROR = Duration.ofSeconds(10);

  static ScanWindow of(TableScan scan, SessionOptions session, Instant now) {
    TableDefinition table = scan.table().definition();
    Optional<Instant> until =
        Picked.smaller(said(scan, session, now), Optional.of(now.plusMillis(1)))
            .filter(time -> !time.isAfter(now));
    // As of an instant, a day back is the day before it.
    Instant end = asOf(scan, now).orElse(now);
    ScanStart start = ScanStart.of(table, scan.conditions(), session, end);
    return new ScanWindow(now, until.map(start::before).orElse(start), until);
  }

  /** What the query says itself, else the session. */
  private static Optional<Instant> said(TableScan scan, SessionOptions session, Instant now) {
    Optional<Instant> query =
        Picked.smaller(
            scan.conditions().arrival().until(), asOf(scan, now).map(asOf -> asOf.plusMillis(1)));
    return query.or(() -> until(session.until(), now));
  }

  /** The coordinator's present may be the service's near future: then it is the present. */
  private static Optional<Instant> asOf(TableScan scan, Instant now) {
    scan.asOf().ifPresent(asOf -> refuseFuture(asOf, now));
    return Picked.smaller(scan.asOf(), scan.asOf().map(asOf -> now));
  }

  private static void refuseFuture(Instant asOf, Instant now) {
    if (asOf.isAfter(now.plus(CLOCK_ERROR))) {
      throw new MillraceException(
          ErrorCode.USER,
          "FOR TIMESTAMP AS OF "
              + asOf
              + " lies after the query's own instant "
              + now
              + " on the service's clock: what will have arrived by then is not known yet. Name an"
              + " earlier time, or leave it out to read what has arrived");
    }
  }

  private static Optional<Instant> until(ReadBound bound, Instant now) {
    if (bound instanceof ReadBound.Ago ago) {
      return Optional.of(now.minus(ago.duration()));
    }
    return bound instanceof ReadBound.At at ? Optional.of(at.instant()) : Optional.empty();
  }

  Optional<Instant> since() {
    return start.since();
  }

  /** The first arrival time after those wanted. */
  Instant end() {
    return until.orElse(now.plusMillis(1));
  }

  TimeRange exact() {
    return new TimeRange(since(), until);
  }

  boolean isEmpty() {
    return since().filter(time -> !time.isBefore(end())).isPresent();
  }

  /** What is given to the service: padded, because arrival times are only nearly ordered. */
  Position from(Instant horizon, Duration slack) {
    return since()
        .map(time -> time.minus(slack))
        .filter(horizon::isBefore)
        .map(Position::at)
        .orElseGet(Position::trimHorizon);
  }

  /** A time so near that padding it would wait for the future is the tip, filtered row by row. */
  Bound to(Duration slack) {
    return until
        .filter(time -> time.plus(slack).isBefore(now))
        .map(Bound::before)
        .orElseGet(() -> Bound.tipAsOf(now));
  }

  /** Where a read ends that another goes on after: at one place in the order of the shard. */
  Bound prefixEnd() {
    return Bound.tipAsOf(until.map(time -> time.minusMillis(1)).orElse(now));
  }
}
