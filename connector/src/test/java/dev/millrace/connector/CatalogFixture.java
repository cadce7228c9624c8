package dev.millrace.connector;

import dev.millrace.aws.AwsConnections;
import dev.millrace.aws.AwsOptions;
import dev.millrace.connector.checkpoint.CheckpointStores;
import dev.millrace.connector.option.CatalogOptions;
import dev.millrace.connector.option.SessionOptions;
import dev.millrace.connector.page.ColumnPage;
import dev.millrace.connector.page.ColumnVector;
import dev.millrace.connector.plan.Conditions;
import dev.millrace.connector.plan.KinesisTable;
import dev.millrace.connector.plan.ScanPlan;
import dev.millrace.connector.plan.SplitScan;
import dev.millrace.connector.plan.TableColumn;
import dev.millrace.connector.plan.TableScan;
import dev.millrace.connector.split.SplitReader;
import dev.millrace.emulator.EmulatorClock;
import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.KinesisEmulator;
import dev.millrace.emulator.Limits;
import dev.millrace.emulator.ManualClock;
import dev.millrace.emulator.Streams;
import dev.millrace.read.Pacing;
import dev.millrace.table.DirectoryFiles;
import dev.millrace.table.TableName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A catalog over an emulator whose clock the test moves, with one table of one stream. */
final class CatalogFixture implements AutoCloseable {
  static final String STREAM = "orders";
  static final Instant START = Instant.parse("2026-11-01T12:00:00Z");

  final List<String> warnings = new ArrayList<>();
  final KinesisCatalog catalog;
  private final ManualClock clock = EmulatorClock.manual(START);
  private final KinesisEmulator emulator;
  private final Path definitions;

  CatalogFixture(Path directory, int shards) throws IOException {
    emulator =
        KinesisEmulator.start(
            EmulatorOptions.defaults().withClock(clock).withLimits(Limits.none()));
    streams().createStream(STREAM, shards);
    definitions = Files.createDirectories(directory.resolve("definitions"));
    define("");
    CatalogOptions options =
        CatalogOptions.parse(
            Map.of(
                "kinesis.table-description-location",
                definitions.toString(),
                "kinesis.table-description-refresh-interval",
                "0s"));
    AwsOptions aws = AwsOptions.atEndpoint(emulator.endpoint());
    catalog =
        new KinesisCatalog(
            options,
            new DefinedTables(new DirectoryFiles(definitions), options, clock, warnings::add),
            AwsConnections.of(aws::withAccess, Pacing.unlimited(), warnings::add),
            CheckpointStores.ofDirectory(
                directory.resolve("checkpoints"), Duration.ofDays(7), clock),
            clock,
            warnings::add);
  }

  /**
   * Writes the table's definition.
   *
   * @param more keys of it, each with a comma before
   */
  void define(String more) throws IOException {
    define(STREAM, more);
  }

  private void define(String name, String more) throws IOException {
    Files.writeString(
        definitions.resolve(name + ".json"),
        """
        {"tableName": "%1$s", "streamName": "%1$s"%2$s,
         "message": {"dataFormat": "json", "fields": [{"name": "id", "type": "BIGINT"}]}}
        """
            .formatted(name, more));
  }

  /** A second stream, and its table. */
  KinesisTable another(String name) throws IOException {
    streams().createStream(name, 1);
    define(name, "");
    return table(name);
  }

  Streams streams() {
    return emulator.streams();
  }

  Instant now() {
    return clock.instant();
  }

  void advance(Duration by) {
    clock.advance(by);
  }

  Streams.Put put(long id) {
    return put(id, "key-" + id);
  }

  Streams.Put put(long id, String partitionKey) {
    return streams()
        .put(STREAM, partitionKey, ("{\"id\":" + id + "}").getBytes(StandardCharsets.UTF_8));
  }

  Streams.Put put(long id, String partitionKey, Instant arrival) {
    return streams()
        .put(
            STREAM,
            partitionKey,
            ("{\"id\":" + id + "}").getBytes(StandardCharsets.UTF_8),
            arrival);
  }

  KinesisTable table() {
    return table(STREAM);
  }

  private KinesisTable table(String name) {
    return catalog.table(new TableName("default", name)).orElseThrow();
  }

  SessionOptions session() {
    return catalog.options().sessionDefaults();
  }

  SessionOptions session(Map<String, Object> set) {
    return session().with(set);
  }

  ScanPlan plan(String query, SessionOptions session, Conditions conditions) {
    CatalogQuery of = catalog.query(query, session);
    return of.start(of.scan(table()).with(conditions));
  }

  ScanPlan plan(Conditions conditions) {
    return plan("query-" + System.nanoTime(), session(), conditions);
  }

  /** The ids of the rows of a plan, read as workers read them, after some time has passed. */
  List<Long> read(ScanPlan plan) {
    advance(Duration.ofSeconds(30));
    List<Long> ids = new ArrayList<>();
    for (SplitScan split : plan.splits()) {
      readSplit(split, ids);
    }
    return ids;
  }

  void readSplit(SplitScan planned, List<Long> ids) {
    SplitScan split = SplitScan.decode(planned.encode());
    TableColumn id =
        TableColumn.of(split.table().definition(), catalog.options().internalColumns()).get(0);
    try (SplitReader reader = catalog.read(split, List.of(id))) {
      while (!reader.isFinished()) {
        Optional<ColumnPage> page = reader.nextPage();
        if (page.isPresent()) {
          add(page.get(), ids);
        } else {
          reader.ready().join();
        }
      }
    }
  }

  private static void add(ColumnPage page, List<Long> ids) {
    ColumnVector vector = page.columns().get(0);
    for (int row = 0; row < page.rows(); row++) {
      ids.add(
          vector instanceof ColumnVector.Constant constant
              ? ((ColumnVector.Longs) constant.value()).values()[0]
              : ((ColumnVector.Longs) vector).values()[row]);
    }
  }

  static TableScan scan(KinesisTable table) {
    return TableScan.of(table.shipped());
  }

  @Override
  public void close() {
    catalog.close();
    emulator.close();
  }
}
