package dev.millrace.local.query;

import dev.millrace.aws.Connections;
import dev.millrace.local.fill.Fill;
import dev.millrace.local.fill.FillListener;
import dev.millrace.local.fill.FillOptions;
import dev.millrace.local.fill.FillResult;
import dev.millrace.local.fill.HeldWindow;
import dev.millrace.local.fill.StreamFill;
import dev.millrace.local.sql.Statement;
import dev.millrace.local.store.Store;
import dev.millrace.read.FetchOptions;
import dev.millrace.read.FetchPool;
import dev.millrace.stream.Ledger;
import dev.millrace.table.Definitions;
import dev.millrace.table.OnBad;
import dev.millrace.table.TableDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One request: plan, views, fill, rows. */
public final class Query {
  private final FetchOptions fetchOptions;
  private final FillOptions fillOptions;
  private final Sources sources;
  private final Store store;
  private final Views views;
  private final Definitions definitions;
  private final QueryRequest request;
  private final Ledger ledger = new Ledger();
  private final RandomGenerator jitter = new Random();
  private final List<String> notices = new ArrayList<>();
  private final Cancellation cancellation;
  private List<QueryPlan.Part> parts = List.of();
  private @Nullable Instant instant;

  public Query(
      FetchOptions fetchOptions,
      FillOptions fillOptions,
      Connections connections,
      Store store,
      Views views,
      Definitions definitions,
      QueryRequest request,
      Cancellation cancellation) {
    this.fetchOptions = fetchOptions.withOnLoss(request.onLoss());
    this.fillOptions = fillOptions.withMaxWait(request.maxWait()).withOnLoss(request.onLoss());
    this.sources = new Sources(connections, jitter);
    this.store = store;
    this.views = views;
    this.definitions = definitions;
    this.request = request;
    this.cancellation = cancellation;
  }

  /**
   * The one instant of everything this query says of time: the service's clock when the user asked.
   *
   * @param any whose stream's service to ask, the first time
   */
  public Instant instant(TableDefinition any) {
    Instant known = instant;
    if (known == null) {
      known = sources.serviceTime(any, request.asked());
      instant = known;
    }
    return known;
  }

  /** Reads what the statement needs, and runs it. */
  public QueryResult run(Statement statement, FillListener listener) throws InterruptedException {
    notices.addAll(statement.notes());
    List<TableView> read = readsRecords(statement) ? plan(statement) : List.of();
    views.make(definitions.tables(), statement.tables(), read);
    if (statement.kind() == Statement.Kind.SELECT && !read.isEmpty()) {
      List<TableView> held = fill(statement, listener);
      if (!held.equals(read)) {
        views.make(definitions.tables(), statement.tables(), held);
      }
      held.stream().filter(view -> view.onBad() == OnBad.FAIL).forEach(views::refuseBad);
    }
    return Rows.run(store.session(), statement.sql(), notices, cancellation);
  }

  private static boolean readsRecords(Statement statement) {
    return switch (statement.kind()) {
      case SELECT, EXPLAIN -> !statement.tables().isEmpty();
      case DESCRIBE, SHOW -> false;
    };
  }

  /**
   * Says what the statement would read, without reading it or writing to the store.
   *
   * @throws dev.millrace.stream.MillraceException what is wrong with the statement
   */
  public Explanation explain(Statement statement) {
    views.make(definitions.tables(), statement.tables(), List.of());
    Rows.check(store.session(), statement.sql());
    if (statement.kind() != Statement.Kind.SELECT || statement.tables().isEmpty()) {
      return new Explanation(
          Objects.requireNonNullElseGet(instant, Instant::now), List.of(), statement.notes());
    }
    notices.addAll(statement.notes());
    List<StreamNeed> needs = needs(statement);
    needs.forEach(need -> need.cutOff().ifPresent(notices::add));
    statement
        .enoughRows()
        .ifPresent(
            rows ->
                notices.add(
                    "Reading ends as soon as it has brought what LIMIT asks for: "
                        + rows
                        + " rows."));
    Explaining explaining = new Explaining(store, fetchOptions.callsInFlight());
    return new Explanation(
        Objects.requireNonNull(instant),
        needs.stream().map(explaining::explain).toList(),
        List.copyOf(notices));
  }

  private List<StreamNeed> needs(Statement statement) {
    return StreamNeed.of(statement, definitions, request, this::instant, sources, fetchOptions);
  }

  private List<TableView> plan(Statement statement) {
    QueryPlan plan =
        QueryPlan.of(
            needs(statement), statement, definitions, request.onBad(), store, sources::schemas);
    parts = plan.parts();
    notices.addAll(plan.notices());
    return views(parts);
  }

  private static List<TableView> views(List<QueryPlan.Part> parts) {
    return parts.stream().flatMap(part -> part.views().stream()).toList();
  }

  private List<TableView> fill(Statement statement, FillListener listener)
      throws InterruptedException {
    FetchPool pool = new FetchPool(sources, fetchOptions, sources::budget, ledger, jitter);
    Fill fill =
        new Fill(
            store,
            pool::start,
            ledger,
            fillOptions,
            fetchOptions.callsInFlight(),
            listener,
            () -> hasEnough(statement));
    List<StreamFill> streams = parts.stream().map(QueryPlan.Part::fill).toList();
    FillResult result = fill.run(streams);
    ledger
        .losses()
        .forEach(
            loss ->
                notices.add(
                    loss.shard() + " of stream " + loss.stream() + ": " + loss.detail() + "."));
    return result.end() == FillResult.End.OUT_OF_TIME ? narrowed(result) : views(parts);
  }

  /** The rows of the stretch that is held everywhere: the answer is exact for it. */
  private List<TableView> narrowed(FillResult result) {
    Optional<HeldWindow> all =
        result.held().values().stream()
            .reduce((a, b) -> a.flatMap(x -> b.flatMap(x::and)))
            .orElse(Optional.empty());
    notices.add(
        all.map(
                window ->
                    "The time to wait was over: the answer covers what arrived from "
                        + window.from()
                        + " to "
                        + window.until()
                        + ". Run it again to go on from there.")
            .orElse(
                "The time to wait was over before anything was read in every shard: the answer"
                    + " covers no time at all. Run it again to go on from there."));
    return views(parts).stream()
        .map(view -> view.within(all.orElseGet(() -> view.rows().nothing())))
        .toList();
  }

  /** Whether the statement's own LIMIT is met by what is committed. */
  private boolean hasEnough(Statement statement) {
    if (statement.enoughRows().isEmpty()) {
      return false;
    }
    String sql = statement.sql().strip().replaceAll("[;\\s]+$", "");
    try {
      return Rows.count(store.session(), sql, cancellation) >= statement.enoughRows().getAsLong();
    } catch (dev.millrace.stream.MillraceException e) {
      return false; // Running it for real says what is wrong with it.
    }
  }
}
