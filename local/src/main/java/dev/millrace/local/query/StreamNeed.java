package dev.millrace.local.query;

import dev.millrace.local.fill.FillWindow;
import dev.millrace.local.fill.HeldWindow;
import dev.millrace.local.sql.Statement;
import dev.millrace.local.sql.TimeWindow;
import dev.millrace.read.FetchOptions;
import dev.millrace.read.Snapshot;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.StreamIdentity;
import dev.millrace.stream.StreamRef;
import dev.millrace.table.Definitions;
import dev.millrace.table.StreamAccess;
import dev.millrace.table.TableDefinition;
import dev.millrace.table.TableName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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
 * @param startsFirst the table that begins there
 * @param cutOff what the default start may have left out, for the user
 */
record StreamNeed(
    Snapshot snapshot,
    List<TableDefinition> tables,
    List<HeldWindow> rows,
    FillWindow window,
    StartReason start,
    TableDefinition startsFirst,
    Optional<String> cutOff) {

  /** The streams of a statement that reads at least one. */
  static List<StreamNeed> of(
      Statement statement,
      Definitions definitions,
      QueryRequest request,
      Function<TableDefinition, Instant> instant,
      Sources sources,
      FetchOptions options) {
    List<TableDefinition> read =
        definitions.tables().stream()
            .filter(table -> statement.tables().containsKey(table.name()))
            .toList();
    QueryTime time = new QueryTime(instant.apply(read.get(0)), request);
    return new Finding(statement, time, sources, options).find(read);
  }

  /** What a definition asks for: the same stream, as far as definitions tell. */
  private record Asked(StreamRef stream, StreamAccess access) {
    static Asked of(TableDefinition table) {
      return new Asked(table.stream(), table.access());
    }
  }

  private record Finding(
      Statement statement, QueryTime time, Sources sources, FetchOptions options) {

    List<StreamNeed> find(List<TableDefinition> read) {
      Map<StreamIdentity, Snapshot> streams = new LinkedHashMap<>();
      Map<StreamIdentity, List<TableDefinition>> tables = new LinkedHashMap<>();
      Map<Asked, List<TableDefinition>> byName = new LinkedHashMap<>();
      read.forEach(
          table -> byName.computeIfAbsent(Asked.of(table), n -> new ArrayList<>()).add(table));
      byName.forEach(
          (name, itsTables) -> {
            Snapshot snapshot =
                sources.snapshot(itsTables.get(0), time.instant(), earliest(itsTables));
            StreamIdentity identity = snapshot.summary().identity();
            streams.merge(identity, snapshot, StreamNeed::withMoreShards);
            tables.computeIfAbsent(identity, i -> new ArrayList<>()).addAll(itsTables);
          });
      refuseTwins(tables);
      List<StreamNeed> needs = new ArrayList<>();
      streams.forEach(
          (identity, snapshot) ->
              needs.add(need(snapshot, Objects.requireNonNull(tables.get(identity)))));
      return needs;
    }

    /** Emulators can have streams of one ARN; what is stored goes by it. */
    private static void refuseTwins(Map<StreamIdentity, List<TableDefinition>> streams) {
      Map<String, List<TableDefinition>> byArn = new HashMap<>();
      streams.forEach(
          (identity, tables) -> {
            List<TableDefinition> other = byArn.putIfAbsent(identity.arn(), tables);
            if (other != null) {
              throw new MillraceException(
                  ErrorCode.USER,
                  "The tables "
                      + other.get(0).name()
                      + " and "
                      + tables.get(0).name()
                      + " read two streams that have the same ARN, "
                      + identity.arn()
                      + ". Ask for one at a time, each with a --store of its own");
            }
          });
    }

    private Optional<Instant> earliest(List<TableDefinition> tables) {
      List<Optional<Instant>> starts =
          tables.stream().map(table -> time.since(table, said(table.name()))).toList();
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
          tables.stream().map(table -> time.rows(table, said(table.name()), snapshot)).toList();
      TableDefinition first =
          tables.stream()
              .min(
                  Comparator.comparing(
                      table -> time.rows(table, said(table.name()), snapshot).from()))
              .orElseThrow();
      Optional<String> cutOff =
          tables.stream()
              .flatMap(table -> time.cutOff(table, said(table.name()), snapshot).stream())
              .findFirst();
      return new StreamNeed(
          snapshot,
          tables,
          rows,
          time.fill(rows, snapshot, options.arrivalSlack()),
          time.reasonOfStart(first, said(first.name())),
          first,
          cutOff);
    }
  }

  /** One stream under two names: its name and its ARN. */
  private static Snapshot withMoreShards(Snapshot one, Snapshot other) {
    return other.shards().size() > one.shards().size() ? other : one;
  }
}
