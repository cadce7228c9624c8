package dev.millrace.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.millrace.decode.RowDecoders;
import dev.millrace.local.fill.Fill;
import dev.millrace.local.fill.FillListener;
import dev.millrace.local.fill.FillOptions;
import dev.millrace.local.fill.FillWindow;
import dev.millrace.local.fill.StreamFill;
import dev.millrace.local.store.DerivedTable;
import dev.millrace.local.store.Store;
import dev.millrace.local.store.StoreOptions;
import dev.millrace.local.store.StoreWriter;
import dev.millrace.local.store.StreamStore;
import dev.millrace.read.RecordBatch;
import dev.millrace.read.Snapshot;
import dev.millrace.stream.HashKeyRange;
import dev.millrace.stream.Ledger;
import dev.millrace.stream.Position;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.Shard;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamIdentity;
import dev.millrace.stream.StreamRef;
import dev.millrace.stream.StreamSummary;
import dev.millrace.stream.UserRecord;
import dev.millrace.table.Column;
import dev.millrace.table.ColumnType;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.MessageDefinition;
import dev.millrace.table.MessageFormat;
import dev.millrace.table.TableDefinition;
import dev.millrace.table.TableName;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A fill from end to end, 12 columns of 1 KB records to a store on disk, against what the store
 * itself takes: the same raw records and rows, decoded before, through the same appenders and
 * transactions. Rounds in turns, CPU time of this process. Then how long a store takes to open.
 */
public final class FillBench {
  private static final int RECORDS = 200_000;
  private static final int BATCH = 5_000;
  private static final int ROUNDS = 5;
  private static final int OPENINGS = 5;
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final StreamRef STREAM = StreamRef.parse("orders");
  private static final ShardId SHARD = new ShardId("shardId-000000000000");
  private static final StreamIdentity IDENTITY =
      new StreamIdentity("arn:aws:kinesis:us-east-1:1:stream/orders", START);

  /** What is measured: writes all records to a new store. */
  private interface Pass {
    void run(Store store) throws Exception;
  }

  private record Figure(double megabytesPerCpuSecond, double megabytesPerSecond) {}

  private final List<RecordBatch> batches = new ArrayList<>();
  private final long bytes;
  private final TableDefinition definition = definition();
  private final Replay replay;

  private FillBench() {
    long total = 0;
    for (int from = 0; from < RECORDS; from += BATCH) {
      RecordBatch batch = batch(from);
      batches.add(batch);
      total += batch.bytes();
    }
    bytes = total;
    replay = new Replay(RowDecoders.compile(definition, definition.columns()), definition);
    batches.forEach(batch -> batch.records().forEach(replay::remember));
  }

  public static void main(String[] args) throws Exception {
    FillBench bench = new FillBench();
    Path directory = Files.createTempDirectory("millrace-fill");
    try {
      bench.compare(directory);
      openings(directory);
    } finally {
      delete(directory);
    }
  }

  private void compare(Path directory) throws Exception {
    List<Double> byCpu = new ArrayList<>();
    List<Double> byTime = new ArrayList<>();
    for (int round = 0; round <= ROUNDS; round++) {
      Figure ceiling = measure(directory.resolve("ceiling-" + round), this::writeDecoded);
      Figure fill = measure(directory.resolve("fill-" + round), this::fill);
      if (round == 0) {
        continue; // Warm-up.
      }
      byCpu.add(fill.megabytesPerCpuSecond() / ceiling.megabytesPerCpuSecond());
      byTime.add(fill.megabytesPerSecond() / ceiling.megabytesPerSecond());
      System.out.printf(
          "fill %.0f MB/CPU-s, %.0f MB/s; sink alone %.0f MB/CPU-s, %.0f MB/s%n",
          fill.megabytesPerCpuSecond(),
          fill.megabytesPerSecond(),
          ceiling.megabytesPerCpuSecond(),
          ceiling.megabytesPerSecond());
    }
    System.out.printf(
        "fill / sink, median of %d: %.2f by CPU, %.2f by time (goal 0.7)%n",
        ROUNDS, median(byCpu), median(byTime));
  }

  private Figure measure(Path directory, Pass pass) throws Exception {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpu = system.getProcessCpuTime();
    long time = System.nanoTime();
    try (Store store = Store.open(directory, StoreOptions.defaults())) {
      pass.run(store);
    }
    double megabytes = bytes / 1e6;
    Figure figure =
        new Figure(
            megabytes / ((system.getProcessCpuTime() - cpu) / 1e9),
            megabytes / ((System.nanoTime() - time) / 1e9));
    delete(directory);
    return figure;
  }

  private void writeDecoded(Store store) {
    StreamStore stream = store.stream(IDENTITY);
    replay.rewind();
    List<DerivedTable> tables =
        stream.tables(List.of(definition), List.of(definition), (table, columns, noting) -> replay);
    try (StoreWriter writer = new StoreWriter(store)) {
      writer.include(stream, tables);
      for (RecordBatch batch : batches) {
        writer.add(stream, batch.records());
        if (writer.pendingRecords() >= StoreWriter.ROW_GROUP) {
          writer.commit(List.of());
        }
      }
      writer.commit(List.of());
    }
  }

  private void fill(Store store) throws InterruptedException {
    StreamStore stream = store.stream(IDENTITY);
    List<DerivedTable> tables = stream.tables(List.of(definition), List.of(definition));
    Instant end = START.plusMillis(RECORDS);
    FillWindow window = new FillWindow(START, end, end, START, Duration.ofSeconds(10));
    // One slice: the source is not paced, and its order is the ceiling's.
    FillOptions whole =
        new FillOptions(Optional.empty(), FillOptions.defaults().onLoss(), Long.MAX_VALUE, 1);
    new Fill(
            store,
            () -> new BatchFetch(batches),
            new Ledger(),
            whole,
            1,
            FillListener.silent(),
            () -> false)
        .run(List.of(new StreamFill(snapshot(end), stream, tables, window)));
  }

  private static Snapshot snapshot(Instant time) {
    Shard shard =
        new Shard(
            SHARD,
            Optional.empty(),
            Optional.empty(),
            new HashKeyRange(BigInteger.ZERO, BigInteger.TEN),
            new SequenceNumber("1"),
            Optional.empty());
    StreamSummary summary = new StreamSummary(IDENTITY, "ACTIVE", Duration.ofDays(1), 1, time);
    return new Snapshot(STREAM, summary, time, List.of(shard));
  }

  private static RecordBatch batch(int from) {
    List<UserRecord> records = new ArrayList<>();
    long bytes = 0;
    for (int i = from; i < from + BATCH; i++) {
      byte[] data = SampleRecords.oneKilobyte(i);
      String sequence = "4959033827149025660855969253836157109592157598%010d".formatted(i);
      records.add(
          new UserRecord(
              SHARD,
              new SequenceNumber(sequence),
              0,
              START.plusMillis(i).toEpochMilli(),
              "customer-" + i % 10_000,
              data,
              0,
              data.length));
      bytes += data.length;
    }
    return new RecordBatch(
        records,
        bytes,
        Optional.empty(),
        Position.after(records.get(records.size() - 1).sequence()));
  }

  private static TableDefinition definition() {
    List<Column> columns =
        List.of(
            column("id", Plain.BIGINT),
            column("order/number", Plain.VARCHAR),
            column("order/channel", Plain.VARCHAR),
            column("customer", Plain.VARCHAR),
            column("amount", new ColumnType.Decimal(10, 2)),
            column("currency", Plain.VARCHAR),
            column("quantity", Plain.INTEGER),
            column("paid", Plain.BOOLEAN),
            column("country", Plain.VARCHAR),
            column("status", Plain.VARCHAR),
            column("ratio", Plain.DOUBLE),
            column("note", Plain.VARCHAR));
    return TableDefinition.of(
        new TableName("bench", "orders"),
        STREAM,
        MessageDefinition.of(new MessageFormat.Json(), columns),
        "");
  }

  private static Column column(String path, ColumnType type) {
    return Column.named(path.replace('/', '_'), type).withMapping(path);
  }

  /** Opens once, in a process of its own, and says how many milliseconds it took. */
  static final class Opens {
    private Opens() {}

    public static void main(String[] args) throws Exception {
      long start = System.nanoTime();
      if (args.length > 0) {
        Store.open(Path.of(args[0]), StoreOptions.defaults()).close();
      } else {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
          connection.createStatement().close();
        }
      }
      System.out.println((System.nanoTime() - start) / 1_000_000);
    }
  }

  private static void openings(Path directory) throws Exception {
    String store = directory.resolve("open").toString();
    double first = millisToOpen(store);
    List<Double> kept = new ArrayList<>();
    List<Double> plain = new ArrayList<>();
    for (int i = 0; i < OPENINGS; i++) {
      kept.add(millisToOpen(store));
      plain.add(millisToOpen());
    }
    System.out.printf(
        "open a store: %.0f ms with the kept library, %.0f ms the first time;"
            + " the driver alone, unpacking: %.0f ms (medians of %d)%n",
        median(kept), first, median(plain), OPENINGS);
  }

  private static double millisToOpen(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Opens.class.getName());
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    process.waitFor();
    return Double.parseDouble(said);
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private static void delete(Path directory) throws java.io.IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }
}
