package dev.millrace.local.query;

import dev.millrace.local.fill.FillWindow;
import dev.millrace.local.fill.HeldWindow;
import dev.millrace.local.fill.StreamFill;
import dev.millrace.local.sql.Statement;
import dev.millrace.local.sql.TimeWindow;
import dev.millrace.local.store.DerivedTable;
import dev.millrace.local.store.Store;
import dev.millrace.local.store.StreamStore;
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
import java.util.Optional;
import java.util.function.Function;

/**
 * Which streams a statement reads, and what of each.
 *
 * @param notices what the user should know
 */
record QueryPlan(List<Part> parts, List<String> notices) {

  /** One stream and the statement's tables over it. */
  record Part(StreamFill fill, List<TableView> views) {}

  static QueryPlan of(
      Statement statement,
      Definitions definitions,
      QueryRequest request,
      Function<StreamRef, Instant> instant,
      Snapshots snapshots,
      Store store,
      FetchOptions options) {
    List<TableDefinition> read =
        definitions.tables().stream()
            .filter(table -> statement.tables().containsKey(table.name()))
            .toList();
    QueryTime time = new QueryTime(instant.apply(read.get(0).stream()), request);
    return new Planning(statement, definitions, time, snapshots, store, options).plan(read);
  }

  private record Planning(
      Statement statement,
      Definitions definitions,
      QueryTime time,
      Snapshots snapshots,
      Store store,
      FetchOptions options) {

    QueryPlan plan(List<TableDefinition> read) {
      Map<StreamIdentity, Snapshot> streams = new LinkedHashMap<>();
      Map<StreamIdentity, List<TableDefinition>> tables = new LinkedHashMap<>();
      Map<StreamRef, List<TableDefinition>> byName = new LinkedHashMap<>();
      read.forEach(
          table -> byName.computeIfAbsent(table.stream(), n -> new ArrayList<>()).add(table));
      byName.forEach(
          (name, itsTables) -> {
            Snapshot snapshot = snapshots.take(name, time.instant(), earliest(itsTables));
            StreamIdentity identity = snapshot.summary().identity();
            streams.merge(identity, snapshot, QueryPlan::withMoreShards);
            tables.computeIfAbsent(identity, i -> new ArrayList<>()).addAll(itsTables);
          });
      List<String> notices = new ArrayList<>();
      List<Part> parts = new ArrayList<>();
      streams.forEach(
          (identity, snapshot) ->
              parts.add(
                  part(snapshot, java.util.Objects.requireNonNull(tables.get(identity)), notices)));
      return new QueryPlan(parts, notices);
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

    private Part part(Snapshot snapshot, List<TableDefinition> tables, List<String> notices) {
      StreamIdentity identity = snapshot.summary().identity();
      for (Instant created : store.dropOtherLives(identity)) {
        notices.add(
            "Stream "
                + snapshot.stream()
                + " was created again at "
                + identity.created()
                + ": what was stored of the one created at "
                + created
                + " was dropped.");
      }
      StreamStore stored = store.stream(identity);
      List<DerivedTable> derived = stored.tables(tables, definitions.tables());
      List<TableView> views = new ArrayList<>();
      for (int i = 0; i < tables.size(); i++) {
        TableDefinition table = tables.get(i);
        time.cutOff(said(table.name()), snapshot)
            .filter(line -> !notices.contains(line))
            .ifPresent(notices::add);
        views.add(
            new TableView(
                table,
                java.util.Objects.requireNonNull(statement.tables().get(table.name())),
                stored,
                derived.get(i),
                time.rows(said(table.name()), snapshot),
                time.request().onBad()));
      }
      List<HeldWindow> rows = views.stream().map(TableView::rows).toList();
      FillWindow window = time.fill(rows, snapshot, options.arrivalSlack());
      return new Part(new StreamFill(snapshot, stored, derived, window), views);
    }
  }

  /** One stream under two names: its name and its ARN. */
  private static Snapshot withMoreShards(Snapshot one, Snapshot other) {
    return other.shards().size() > one.shards().size() ? other : one;
  }
}
