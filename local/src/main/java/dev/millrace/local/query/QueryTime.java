package dev.millrace.local.query;

import dev.millrace.local.fill.FillWindow;
import dev.millrace.local.fill.HeldWindow;
import dev.millrace.local.sql.TimeWindow;
import dev.millrace.read.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The times of one query, all from its one instant.
 *
 * @param instant the service's clock when the user asked
 */
public record QueryTime(Instant instant, QueryRequest request) {
  /** How far back a scan starts when nobody says, as in the old connectors. */
  public static final Duration DEFAULT_BACK = Duration.ofHours(24);

  /** No record is older; further back, times no longer fit what counts them. */
  private static final Instant OLDEST = Instant.EPOCH;

  /**
   * From which arrival time on a table is read; empty means all that retention holds.
   *
   * @param said what the statement says of the table's arrival times
   */
  public Optional<Instant> since(TimeWindow said) {
    return start(said).map(start -> start.isBefore(OLDEST) ? OLDEST : start);
  }

  private Optional<Instant> start(TimeWindow said) {
    Optional<Instant> asked = asked();
    if (asked.isPresent() && said.from().isPresent()) {
      boolean statementIsLater = said.from().get().isAfter(asked.get());
      return Optional.of(statementIsLater ? said.from().get() : asked.get());
    }
    if (asked.isPresent() || said.from().isPresent()) {
      return asked.or(said::from);
    }
    return request.since() instanceof Since.TrimHorizon
        ? Optional.empty()
        : Optional.of(instant.minus(DEFAULT_BACK));
  }

  private Optional<Instant> asked() {
    if (request.since() instanceof Since.Back back) {
      boolean fits = back.time().compareTo(Duration.between(OLDEST, instant)) < 0;
      return Optional.of(fits ? instant.minus(back.time()) : OLDEST);
    }
    return request.since() instanceof Since.At at ? Optional.of(at.time()) : Optional.empty();
  }

  /** True where neither the user nor the statement said where to start. */
  boolean startIsDefault(TimeWindow said) {
    return request.since() instanceof Since.Unsaid && said.from().isEmpty();
  }

  /** Why it is read from there on. */
  Start reasonOfStart(TimeWindow said) {
    if (startIsDefault(said)) {
      return Start.DEFAULT;
    }
    boolean byStatement = said.from().isPresent() && start(said).equals(said.from());
    if (byStatement) {
      return Start.STATEMENT;
    }
    return request.since() instanceof Since.TrimHorizon ? Start.TRIM_HORIZON : Start.REQUEST;
  }

  /** The arrival times whose rows belong to the query. */
  public HeldWindow rows(TimeWindow said, Snapshot snapshot) {
    Instant from = since(said).orElse(snapshot.trimHorizon());
    Instant until = until(said);
    return from.isBefore(until) ? new HeldWindow(from, until) : new HeldWindow(from, from);
  }

  /** Exclusive; what arrived in the very millisecond of the instant belongs to the query. */
  private Instant until(TimeWindow said) {
    Instant end = instant.plusMillis(1);
    for (Optional<Instant> bound : List.of(request.until(), said.to())) {
      if (bound.isPresent() && bound.get().isBefore(end)) {
        end = bound.get();
      }
    }
    return end.isBefore(OLDEST) ? OLDEST : end;
  }

  /** What to read so that every one of some windows is held. */
  public FillWindow fill(List<HeldWindow> rows, Snapshot snapshot, Duration slack) {
    Instant since = rows.get(0).from();
    Instant until = rows.get(0).until();
    for (HeldWindow window : rows) {
      since = window.from().isBefore(since) ? window.from() : since;
      until = window.until().isAfter(until) ? window.until() : until;
    }
    until = until.isAfter(instant) ? instant : until;
    return new FillWindow(since, until, instant, snapshot.trimHorizon(), slack);
  }

  /** A line where the default start may have cut something off. */
  public Optional<String> cutOff(TimeWindow said, Snapshot snapshot) {
    Instant start = instant.minus(DEFAULT_BACK);
    boolean older = snapshot.summary().identity().created().isBefore(start);
    return startIsDefault(said) && older && snapshot.trimHorizon().isBefore(start)
        ? Optional.of(
            "Only the last 24 hours of stream "
                + snapshot.stream()
                + " were read, which keeps "
                + snapshot.summary().retention().toHours()
                + " hours; --since or a condition on _timestamp reads more.")
        : Optional.empty();
  }
}
