package dev.millrace.local.query;

import dev.millrace.local.fill.FillWindow;
import dev.millrace.local.fill.HeldWindow;
import dev.millrace.local.sql.TimeWindow;
import dev.millrace.read.Snapshot;
import dev.millrace.table.Start;
import dev.millrace.table.TableDefinition;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
  public Optional<Instant> since(TableDefinition table, TimeWindow said) {
    return start(table, said).map(start -> start.isBefore(OLDEST) ? OLDEST : start);
  }

  private Optional<Instant> start(TableDefinition table, TimeWindow said) {
    Optional<Instant> asked = asked();
    if (asked.isPresent() && said.from().isPresent()) {
      boolean statementIsLater = said.from().get().isAfter(asked.get());
      return Optional.of(statementIsLater ? said.from().get() : asked.get());
    }
    if (asked.isPresent() || said.from().isPresent()) {
      return asked.or(said::from);
    }
    // An upper bound before the start that nobody said asks for what came before it, not for
    // nothing.
    return request.since() instanceof Since.TrimHorizon
        ? Optional.empty()
        : startUnsaid(table).filter(unsaid -> unsaid.isBefore(until(said)));
  }

  /** A query answers from what has arrived: to start at the latest is for those who follow. */
  private Optional<Instant> startUnsaid(TableDefinition table) {
    Start start = table.start().orElseGet(Start.Latest::new);
    if (start instanceof Start.At at) {
      return Optional.of(at.instant());
    }
    if (start instanceof Start.Ago ago) {
      return Optional.of(back(ago.duration()));
    }
    return start instanceof Start.TrimHorizon
        ? Optional.empty()
        : Optional.of(instant.minus(DEFAULT_BACK));
  }

  private Instant back(Duration time) {
    boolean fits = time.compareTo(Duration.between(OLDEST, instant)) < 0;
    return fits ? instant.minus(time) : OLDEST;
  }

  private Optional<Instant> asked() {
    if (request.since() instanceof Since.Back back) {
      return Optional.of(back(back.time()));
    }
    return request.since() instanceof Since.At at ? Optional.of(at.time()) : Optional.empty();
  }

  /** True where neither the user nor the statement said where to start. */
  private boolean startIsUnsaid(TimeWindow said) {
    return request.since() instanceof Since.Unsaid && said.from().isEmpty();
  }

  /** Why it is read from there on. */
  StartReason reasonOfStart(TableDefinition table, TimeWindow said) {
    if (startIsUnsaid(said)) {
      if (start(table, said).isEmpty() && startUnsaid(table).isPresent()) {
        return StartReason.UPPER_BOUND;
      }
      return isOfDefinition(table) ? StartReason.DEFINITION : StartReason.DEFAULT;
    }
    boolean byStatement = said.from().isPresent() && start(table, said).equals(said.from());
    if (byStatement) {
      return StartReason.STATEMENT;
    }
    return request.since() instanceof Since.TrimHorizon
        ? StartReason.TRIM_HORIZON
        : StartReason.REQUEST;
  }

  private static boolean isOfDefinition(TableDefinition table) {
    return table.start().filter(start -> !(start instanceof Start.Latest)).isPresent();
  }

  /** The arrival times whose rows belong to the query. */
  public HeldWindow rows(TableDefinition table, TimeWindow said, Snapshot snapshot) {
    Instant from = since(table, said).orElse(snapshot.trimHorizon());
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

  /**
   * A line where a start that neither the user nor the statement said may have cut something, or
   * was passed over.
   */
  public Optional<String> cutOff(TableDefinition table, TimeWindow said, Snapshot snapshot) {
    Optional<Instant> start = startUnsaid(table);
    if (!startIsUnsaid(said) || start.isEmpty()) {
      return Optional.empty();
    }
    if (reasonOfStart(table, said) == StartReason.UPPER_BOUND) {
      return Optional.of(readInstead(said, snapshot));
    }
    boolean older = snapshot.summary().identity().created().isBefore(start.get());
    return older && snapshot.trimHorizon().isBefore(start.get())
        ? Optional.of(cutOff(table, start.get(), snapshot))
        : Optional.empty();
  }

  private String readInstead(TimeWindow said, Snapshot snapshot) {
    return "The query ends at "
        + until(said).truncatedTo(ChronoUnit.MILLIS)
        + ", before the usual start of a scan: all that stream "
        + snapshot.stream()
        + " still holds from before then was read; --since or a lower bound on _timestamp reads"
        + " less.";
  }

  private static String cutOff(TableDefinition table, Instant start, Snapshot snapshot) {
    String more =
        snapshot.summary().retention().toHours()
            + " hours; --since or a condition on _timestamp reads more.";
    return isOfDefinition(table)
        ? "Stream %s was read from %s on, where %s starts %s; it keeps "
                .formatted(
                    snapshot.stream(),
                    start.truncatedTo(ChronoUnit.MILLIS),
                    table.source(),
                    table.name())
            + more
        : "Only the last 24 hours of stream "
            + snapshot.stream()
            + " were read, which keeps "
            + more;
  }
}
