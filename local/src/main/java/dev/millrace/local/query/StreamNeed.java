package dev.millrace.local.query;

import dev.millrace.local.fill.FillWindow;
import dev.millrace.local.fill.HeldWindow;
import dev.millrace.local.sql.Statement;
import dev.millrace.local.sql.TimeWindow;
import dev.millrace.read.FetchOptions;
import dev.millrace.read.Snapshot;
import dev.millrace.read.Snapshots;
import dev.millrace.stream.StreamIdentity;
import dev.millrace.stream.StreamRef;
import dev.millrace.table.Definitions;
import dev.millrace.table.TableDefinition;
import dev.millrace.table.TableName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a statement needs of a stream, whatever is stored of it.
 *
 * @param tables the statement's tables over it
 * @param rows of each table, the arrival times whose rows belong to the query
 * @param window what to read so that all of these are held
 * @param start why it begins where it does
 * @param cutOff what the default start may have left out, for the user
 */
record StreamNeed(
    Snapshot snapshot,
    List<TableDefinition> tables,
    List<HeldWindow> rows,
    FillWindow window,
    Start start,
    Optional<String> cutOff) {

  /** The streams of a statement that reads at least one. */
  static List<StreamNeed> of(
      Statement statement,
      Definitions definitions,
      QueryRequest request,
      Function<StreamRef, Instant> instant,
      Snapshots snapshots,
      FetchOptions options) {
    List<TableDefinition> read =
        definitions.tables().stream()
            .filter(table -> statement.tables().containsKey(table.name()))
            .toList();
    QueryTime time = new QueryTime(instant.apply(read.get(0).stream()), request);
    return new Finding(statement, time, snapshots, options).find(read);
  }

  private record Finding(
      Statement statement, QueryTime time, Snapshots snapshots, FetchOptions options) {

    List<StreamNeed> find(List<TableDefinition> read) {
      Map<StreamIdentity, Snapshot> streams = new LinkedHashMap<>();
      Map<StreamIdentity, List<TableDefinition>> tables = new LinkedHashMap<>();
      Map<StreamRef, List<TableDefinition>> byName = new LinkedHashMap<>();
      read.forEach(
          table -> byName.computeIfAbsent(table.stream(), n -> new ArrayList<>()).add(table));
      byName.forEach(
          (name, itsTables) -> {
            Snapshot snapshot = snapshots.take(name, time.instant(), earliest(itsTables));
            StreamIdentity identity = snapshot.summary().identity();
            streams.merge(identity, snapshot, StreamNeed::withMoreShards);
            tables.computeIfAbsent(identity, i -> new ArrayList<>()).addAll(itsTables);
          });
      List<StreamNeed> needs = new ArrayList<>();
      streams.forEach(
          (identity, snapshot) ->
              needs.add(need(snapshot, Objects.requireNonNull(tables.get(identity)))));
      return needs;
    }

    private Optional<Instant> earliest(List<TableDefinition> tables) {
      List<Optional<Instant>> starts =
          tables.stream().map(table -> time.since(said(table.name()))).toList();
      return starts.stream().allMatch(Optional::isPresent)
          ? starts.stream()
              .flatMap(Optional::stream)
              .min(Comparator.naturalOrder())
              .map(start -> start.minus(options.arrivalSlack()))
          : Optional.empty();
    }

    private TimeWindow said(TableName table) {
      TimeWindow window = statement.windows().get(table);
      return window == null ? new TimeWindow(Optional.empty(), Optional.empty()) : window;
    }

    private StreamNeed need(Snapshot snapshot, List<TableDefinition> tables) {
      List<HeldWindow> rows =
          tables.stream().map(table -> time.rows(said(table.name()), snapshot)).toList();
      Start start =
          tables.stream()
              .min(Comparator.comparing(table -> time.rows(said(table.name()), snapshot).from()))
              .map(table -> time.reasonOfStart(said(table.name())))
              .orElseThrow();
      Optional<String> cutOff =
          tables.stream()
              .flatMap(table -> time.cutOff(said(table.name()), snapshot).stream())
              .findFirst();
      return new StreamNeed(
          snapshot, tables, rows, time.fill(rows, snapshot, options.arrivalSlack()), start, cutOff);
    }
  }

  /** One stream under two names: its name and its ARN. */
  private static Snapshot withMoreShards(Snapshot one, Snapshot other) {
    return other.shards().size() > one.shards().size() ? other : one;
  }
}
