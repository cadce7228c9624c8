package dev.millrace.connector.split;

import dev.millrace.aws.Connections;
import dev.millrace.connector.option.CatalogOptions;
import dev.millrace.connector.option.InternalColumns;
import dev.millrace.connector.option.SessionOptions;
import dev.millrace.connector.page.ColumnPage;
import dev.millrace.connector.plan.Mark;
import dev.millrace.connector.plan.ScanOrder;
import dev.millrace.connector.plan.ShippedTable;
import dev.millrace.connector.plan.SplitScan;
import dev.millrace.connector.plan.TableColumn;
import dev.millrace.connector.plan.TimeRange;
import dev.millrace.read.FetchOptions;
import dev.millrace.read.Kinesis;
import dev.millrace.read.Pacing;
import dev.millrace.read.ShardBudgets;
import dev.millrace.read.ShardProgress;
import dev.millrace.stream.Loss;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.ShardScan;
import dev.millrace.stream.StreamIdentity;
import dev.millrace.table.DefinitionFile;
import dev.millrace.table.DefinitionFiles;
import dev.millrace.table.OnBad;
import dev.millrace.table.TableDefinition;
import dev.millrace.table.json.JsonCatalog;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Splits of one table, read as an engine reads them. */
final class Splits implements AutoCloseable {
  static final Mark MARK =
      new Mark("query-1/0", new StreamIdentity("arn:aws:kinesis:::stream/orders", Instant.EPOCH));

  /** What a split left behind. */
  record Left(Mark mark, ShardId shard, ShardProgress progress, List<Loss> losses) {}

  final List<Left> marks = Collections.synchronizedList(new ArrayList<>());
  private final TableDefinition table;
  private final ShippedTable shipped;
  private final SplitReaders readers;
  private SessionOptions session;

  Splits(Kinesis kinesis, String definition) {
    this(kinesis, definition, FetchOptions.defaults());
  }

  Splits(Kinesis kinesis, String definition, FetchOptions options) {
    this(Connections.only(kinesis, new ShardBudgets(Pacing.unlimited())), definition, options);
  }

  Splits(Connections connections, String definition, FetchOptions options) {
    this.table = new JsonCatalog(new OneFile(definition), "default").load().tables().get(0);
    this.shipped = ShippedTable.of(table);
    this.session = CatalogOptions.parse(Map.of()).sessionDefaults();
    this.readers =
        new SplitReaders(
            connections,
            whole -> table,
            options,
            (mark, shard, progress, losses) -> marks.add(new Left(mark, shard, progress, losses)));
  }

  private record OneFile(String text) implements DefinitionFiles {
    @Override
    public String source() {
      return "definitions";
    }

    @Override
    public Contents load() {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return new Contents(
          List.of(new DefinitionFile("orders.json", "definitions/orders.json", bytes)), List.of());
    }

    @Override
    public byte[] sibling(String name) {
      throw new UnsupportedOperationException(name);
    }
  }

  void onBad(OnBad onBad) {
    session = with(Optional.of(onBad), session.batchSize(), session.maxBatches());
  }

  void onLoss(FetchOptions.OnLoss onLoss) {
    session =
        new SessionOptions(
            session.start(),
            session.defaultStart(),
            session.until(),
            session.onBad(),
            session.defaultOnBad(),
            onLoss,
            session.batchSize(),
            session.maxBatches(),
            session.checkpointEnabled(),
            session.checkpointName());
  }

  void batches(int size, int most) {
    session = with(session.onBad(), size, OptionalInt.of(most));
  }

  private SessionOptions with(Optional<OnBad> onBad, int batchSize, OptionalInt maxBatches) {
    return new SessionOptions(
        session.start(),
        session.defaultStart(),
        session.until(),
        onBad,
        session.defaultOnBad(),
        session.onLoss(),
        batchSize,
        maxBatches,
        session.checkpointEnabled(),
        session.checkpointName());
  }

  SplitReader open(ShardScan scan, TimeRange exact, ScanOrder order, String... columns) {
    SplitScan split = new SplitScan(shipped, scan, exact, order, 1, session, Optional.of(MARK));
    return readers.open(split, columns(columns));
  }

  private List<TableColumn> columns(String... names) {
    List<TableColumn> all = TableColumn.of(table, InternalColumns.SHOWN);
    List<TableColumn> wanted = new ArrayList<>();
    for (String name : names) {
      wanted.add(
          all.stream().filter(column -> column.name().equals(name)).findFirst().orElseThrow());
    }
    return wanted;
  }

  /** The next page, however long it takes; none at the end. Engines wait before they ask. */
  static Optional<ColumnPage> next(SplitReader reader) {
    while (!reader.isFinished()) {
      reader.ready().join();
      Optional<ColumnPage> page = reader.nextPage();
      if (page.isPresent()) {
        return page;
      }
    }
    return Optional.empty();
  }

  /** Every row, its values as text. */
  static List<String> rows(SplitReader reader) {
    List<String> rows = new ArrayList<>();
    Optional<ColumnPage> page = next(reader);
    while (page.isPresent()) {
      rows.addAll(PageText.rows(page.get()));
      page = next(reader);
    }
    return rows;
  }

  @Override
  public void close() {
    readers.close();
  }
}
