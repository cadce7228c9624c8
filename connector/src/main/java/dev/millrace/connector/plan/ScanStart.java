package dev.millrace.connector.plan;

import dev.millrace.connector.option.SessionOptions;
import dev.millrace.table.Start;
import dev.millrace.table.TableDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a scan starts.
 *
 * @param since the first arrival time whose rows are wanted; none means all that retention holds
 * @param said who said so
 */
record ScanStart(Optional<Instant> since, Said said) {
  /** No record is older; further back, times no longer fit what counts them. */
  private static final Instant OLDEST = Instant.EPOCH;

  /** Who said where a scan starts. */
  enum Said {
    CONDITION("the condition on _timestamp"),
    SESSION("the session"),
    DEFINITION("the definition"),
    CATALOG("the catalog"),
    CHECKPOINT("the checkpoint"),
    /** The query ends before any start that was not its own. */
    UPPER_BOUND("the upper bound, which lies before the usual start,");

    private final String words;

    Said(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }

    /** Whether nobody wrote it into the query, so that what it leaves out may be a surprise. */
    boolean isUnasked() {
      return this == DEFINITION || this == CATALOG;
    }
  }

  /**
   * A lower bound of the query's own replaces every other start, be it earlier or later. A query
   * answers from what has arrived, so to start at the latest is for those who follow, and says
   * nothing here.
   *
   * @param now what the scan counts back from: the query's instant, or the one it asks for
   */
  static ScanStart of(
      TableDefinition table, Conditions conditions, SessionOptions session, Instant now) {
    Optional<Instant> asked = conditions.arrival().from();
    if (asked.isPresent()) {
      return new ScanStart(asked.map(ScanStart::clamped), Said.CONDITION);
    }
    if (session.start().filter(ScanStart::saysSomething).isPresent()) {
      return new ScanStart(since(session.start().get(), now), Said.SESSION);
    }
    if (table.start().filter(ScanStart::saysSomething).isPresent()) {
      return new ScanStart(since(table.start().get(), now), Said.DEFINITION);
    }
    return new ScanStart(since(session.defaultStart(), now), Said.CATALOG);
  }

  /**
   * The start of a scan that ends then. Who bounds a query from above alone, with a time before the
   * usual start, means what came before that time, and not nothing.
   */
  ScanStart before(Instant until) {
    boolean isPassed = since.filter(time -> !time.isBefore(until)).isPresent();
    return isPassed && said.isUnasked() ? new ScanStart(Optional.empty(), Said.UPPER_BOUND) : this;
  }

  private static boolean saysSomething(Start start) {
    return !(start instanceof Start.Latest);
  }

  private static Optional<Instant> since(Start start, Instant now) {
    if (start instanceof Start.At at) {
      return Optional.of(clamped(at.instant()));
    }
    if (start instanceof Start.Ago ago) {
      boolean fits = ago.duration().compareTo(Duration.between(OLDEST, now)) < 0;
      return Optional.of(fits ? now.minus(ago.duration()) : OLDEST);
    }
    return start instanceof Start.TrimHorizon ? Optional.empty() : Optional.of(now);
  }

  private static Instant clamped(Instant time) {
    return time.isBefore(OLDEST) ? OLDEST : time;
  }

  @Override
  public String toString() {
    return since.map(time -> "from " + time).orElse("from the trim horizon")
        + ", as "
        + said
        + switch (said) {
          case CONDITION, CHECKPOINT, UPPER_BOUND -> " says";
          case SESSION, DEFINITION, CATALOG -> " says when a query does not";
        };
  }
}
