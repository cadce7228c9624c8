package dev.millrace.connector.split;

import dev.millrace.aws.Connections;
import dev.millrace.connector.plan.ScanOrder;
import dev.millrace.connector.plan.SplitScan;
import dev.millrace.connector.plan.TableColumn;
import dev.millrace.read.FetchOptions;
import dev.millrace.read.SharedFetch;
import dev.millrace.read.SharedFetch.Pace;
import dev.millrace.stream.Ledger;
import dev.millrace.table.TableDefinition;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Reads the splits of a catalog on one set of threads. Any thread may call.
 *
 * <p>What a split is done with, its mark, is written on threads of its own, because writing may
 * take as long as a call over the network and must not hold up reading.
 */
public final class SplitReaders implements AutoCloseable {
  private final Connections connections;
  private final FetchOptions options;
  private final SplitMarks marks;
  private final SharedFetch fetch;
  private final ExecutorService marking;

  /**
   * @param connections stays the caller's to close, after this
   * @param options what holds for the catalog; a split's session says the rest
   */
  public SplitReaders(Connections connections, FetchOptions options, SplitMarks marks) {
    this.connections = connections;
    this.options = options;
    this.marks = marks;
    this.fetch = new SharedFetch(options);
    this.marking =
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "millrace-mark");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Starts reading a split. */
  public SplitReader open(SplitScan split, List<TableColumn> columns) {
    TableDefinition table = split.table().definition();
    WantedColumns wanted = new WantedColumns(table, columns, split.session().onBad(table));
    Connections.Connection connection = connections.to(table.access());
    SplitMeter meter = new SplitMeter(options.metrics());
    Ledger ledger = new Ledger();
    SharedFetch.Source source =
        new SharedFetch.Source(
            connection.kinesis(),
            options(split).withMetrics(meter),
            connection.budgets().of(split.scan().stream(), split.scan().shard()),
            ledger,
            new SplittableRandom());
    return new SplitReader(
        split,
        wanted,
        connections.schemas(table),
        new SliceFetch(fetch, source, meter, pace(split.order())),
        options.arrivalSlack(),
        new Marking(split, ledger, marks, marking));
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
    marking.shutdownNow();
  }
}
