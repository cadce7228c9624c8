package dev.millrace.connector.split;

import dev.millrace.aws.Connections;
import dev.millrace.connector.plan.ScanOrder;
import dev.millrace.connector.plan.ShippedTable;
import dev.millrace.connector.plan.SplitScan;
import dev.millrace.connector.plan.TableColumn;
import dev.millrace.connector.plan.WholeDefinitions;
import dev.millrace.read.FetchOptions;
import dev.millrace.read.SharedFetch;
import dev.millrace.read.SharedFetch.Pace;
import dev.millrace.stream.Ledger;
import dev.millrace.table.TableDefinition;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Reads the splits of a catalog on one set of threads. Any thread may call.
 *
 * <p>A split's mark is written, and a schema or credentials looked up, on threads of their own:
 * that may take as long as a call over the network, and must hold up neither an engine's threads
 * nor reading.
 */
public final class SplitReaders implements AutoCloseable {
  private final Connections connections;
  private final WholeDefinitions definitions;
  private final FetchOptions options;
  private final SplitMarks marks;
  private final SharedFetch fetch;
  private final ExecutorService waiting;

  /**
   * @param connections stays the caller's to close, after this
   * @param options what holds for the catalog; a split's session says the rest
   */
  public SplitReaders(
      Connections connections,
      WholeDefinitions definitions,
      FetchOptions options,
      SplitMarks marks) {
    this.connections = connections;
    this.definitions = definitions;
    this.options = options;
    this.marks = marks;
    this.fetch = new SharedFetch(options);
    this.waiting =
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "millrace-wait");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Starts reading a split. */
  public SplitReader open(SplitScan split, List<TableColumn> columns) {
    TableDefinition table = split.table().definition();
    WantedColumns wanted = new WantedColumns(table, columns, split.session().onBad(table));
    CompletableFuture<TableDefinition> whole = whole(split.table());
    SplitMeter meter = new SplitMeter(options.metrics());
    Ledger ledger = new Ledger();
    CompletableFuture<SharedFetch.Source> source =
        whole
            .thenApply(known -> connections.to(known.access()))
            .thenCompose(
                connection ->
                    connection.made().thenApply(made -> source(connection, split, meter, ledger)));
    return new SplitReader(
        split,
        wanted,
        new AwaitedSchemas(whole.thenApply(connections::schemas), waiting),
        new SliceFetch(fetch, source, meter, pace(split.order())),
        options.arrivalSlack(),
        new Marking(split, ledger, marks, waiting));
  }

  /** What has to be looked up for it may be in files. */
  private CompletableFuture<TableDefinition> whole(ShippedTable table) {
    return table.isWhole()
        ? CompletableFuture.completedFuture(table.definition())
        : CompletableFuture.supplyAsync(() -> definitions.of(table), waiting);
  }

  private SharedFetch.Source source(
      Connections.Connection connection, SplitScan split, SplitMeter meter, Ledger ledger) {
    return new SharedFetch.Source(
        connection.kinesis(),
        options(split).withMetrics(meter),
        connection.budgets().of(split.scan().stream(), split.scan().shard()),
        ledger,
        new SplittableRandom());
  }

  /** Where a few records may be enough, none is fetched ahead. */
  private static Pace pace(ScanOrder order) {
    return order instanceof ScanOrder.Limit ? Pace.ON_DEMAND : Pace.AHEAD;
  }

  private FetchOptions options(SplitScan split) {
    int most = split.session().batchSize();
    int first = Math.min(most, options.firstRecords());
    if (split.order() instanceof ScanOrder.Limit limit) {
      first = (int) Math.max(1, Math.min(most, limit.rows()));
    }
    return options
        .withOnLoss(split.session().onLoss())
        .withMostRecords(most)
        .withFirstRecords(first)
        .withMostAnswers(
            split.session().maxBatches().isPresent()
                ? split.session().maxBatches().getAsInt()
                : Long.MAX_VALUE);
  }

  /** Ends the threads. Splits that are being read bring nothing more: close them first. */
  @Override
  public void close() {
    fetch.close();
    waiting.shutdownNow();
  }
}
