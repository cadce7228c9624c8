package dev.millrace.connector.plan;

import dev.millrace.connector.option.SessionOptions;
import dev.millrace.read.FetchOptions;
import dev.millrace.read.ShardFilter;
import dev.millrace.stream.StreamSummary;
import dev.millrace.table.TableDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What planning a scan goes by. */
record ScanFacts(
    TableScan scan,
    TableDefinition table,
    StreamSummary summary,
    ScanWindow window,
    SessionOptions session,
    FetchOptions fetch) {

  /** The oldest arrival time that retention still holds. */
  Instant horizon() {
    return window.now().minus(summary.retention());
  }

  /** Whether retention has taken all that is wanted, or nothing is. */
  boolean isEmpty() {
    return window.isEmpty() || !horizon().isBefore(window.end());
  }

  Duration slack() {
    return fetch.arrivalSlack();
  }

  Conditions conditions() {
    return scan.conditions();
  }

  /** Lists the shards that can hold a record of that time or later. */
  ShardFilter filter(Optional<Instant> since) {
    return since
        .map(time -> time.minus(slack()))
        .filter(horizon()::isBefore)
        .map(ShardFilter::from)
        .orElseGet(ShardFilter::fromTrimHorizon);
  }

  /** The same without what is said of sequence numbers: a name's reads begin and end by time. */
  ScanFacts withoutSequences() {
    Conditions others =
        new Conditions(
            conditions().arrival(),
            conditions().shards(),
            SequenceRange.ALL,
            conditions().partitionKeys());
    return new ScanFacts(scan.with(others), table, summary, window, session, fetch);
  }
}
