package dev.millrace.pinot.proof;

import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.KinesisEmulator;
import dev.millrace.emulator.Streams;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.io.FileUtils;
import org.apache.pinot.common.metadata.segment.SegmentZKMetadata;
import org.apache.pinot.segment.local.data.manager.SegmentDataManager;
import org.apache.pinot.segment.spi.IndexSegment;
import org.apache.pinot.spi.utils.CommonConstants.Segment.Realtime.Status;

/** An emulator, a controller and servers, for all tests of this JVM: it takes its time to start. */
final class PinotCluster implements AutoCloseable {
  private final Path folder;
  private final KinesisEmulator emulator;
  private final PinotController controller;
  private final Map<Integer, PinotServer> servers = new TreeMap<>();

  private PinotCluster(Path folder, KinesisEmulator emulator, PinotController controller) {
    this.folder = folder;
    this.emulator = emulator;
    this.controller = controller;
  }

  static PinotCluster start() throws Exception {
    Path folder = Files.createTempDirectory("cluster");
    PinotCluster cluster =
        new PinotCluster(
            folder,
            KinesisEmulator.start(EmulatorOptions.defaults().withMaxMemoryBytes(64 << 20)),
            PinotController.start(folder));
    cluster.startServer(1);
    return cluster;
  }

  PinotController controller() {
    return controller;
  }

  Streams streams() {
    return emulator.streams();
  }

  void startServer(int number) throws Exception {
    if (!servers.containsKey(number)) {
      controller.register("localhost", number, "DefaultTenant_REALTIME");
      servers.put(
          number,
          PinotServer.start(
              controller.zooKeeper(), "localhost", number, folder.resolve("server-" + number)));
    }
  }

  PinotServer server(int number) {
    PinotServer server = servers.get(number);
    if (server == null) {
      throw new IllegalArgumentException("No server " + number);
    }
    return server;
  }

  /** A table over a stream of the same name, which asks the controller for the shards to come. */
  KinesisTable table(String name) {
    return KinesisTable.of(name, name, emulator.endpoint().toString())
        .with("stream.kinesis.controller.url", controller.endpoint().toString())
        .with("realtime.segment.flush.threshold.rows", "60");
  }

  /** Puts rows that are numbered from {@code first} on. */
  void put(String stream, int first, int rows) {
    for (int id = first; id < first + rows; id++) {
      String order =
          "{\"id\": %d, \"who\": \"who-%d\", \"timestamp\": %d}"
              .formatted(id, id % 7, System.currentTimeMillis());
      streams().put(stream, "key-" + id, order.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The answer of a query over each segment once, whichever server holds it, as a broker's. */
  List<List<Object>> query(KinesisTable table, String sql) throws Exception {
    Map<String, IndexSegment> segments = new LinkedHashMap<>();
    List<Runnable> releases = new ArrayList<>();
    try {
      for (PinotServer server : servers.values()) {
        for (SegmentDataManager held : server.acquire(table.nameWithType(), releases)) {
          segments.putIfAbsent(held.getSegmentName(), held.getSegment());
        }
      }
      return SegmentQuery.rows(sql, List.copyOf(segments.values()));
    } finally {
      releases.forEach(Runnable::run);
    }
  }

  /** Waits for all rows, from 0 on, each once; says how long that took. */
  Duration awaitRows(KinesisTable table, int rows) throws Exception {
    List<List<Object>> all = List.of(List.of((long) rows, rows, (double) (rows - 1)));
    String sql = "SELECT count(*), distinctcount(id), max(id) FROM " + table.name();
    List<List<Object>> seen = new ArrayList<>();
    try {
      return Await.until(
          rows + " rows in " + table.name(),
          () -> {
            seen.clear();
            seen.addAll(query(table, sql));
            return seen.equals(all);
          });
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + ", but " + seen + " of " + described(table), e);
    }
  }

  /** The table's segments in the order in which they were made. */
  List<SegmentZKMetadata> segments(KinesisTable table) {
    return controller.resources().getSegmentsZKMetadata(table.nameWithType()).stream()
        .sorted(
            Comparator.comparingLong(SegmentZKMetadata::getCreationTime)
                .thenComparing(SegmentZKMetadata::getSegmentName))
        .toList();
  }

  private List<String> described(KinesisTable table) {
    return segments(table).stream()
        .map(
            segment ->
                "%s %s %s..%s"
                    .formatted(
                        segment.getSegmentName(),
                        segment.getStatus(),
                        segment.getStartOffset(),
                        segment.getEndOffset()))
        .toList();
  }

  long committed(KinesisTable table) {
    return segments(table).stream().filter(segment -> segment.getStatus() == Status.DONE).count();
  }

  long consuming(KinesisTable table) {
    return segments(table).size() - committed(table);
  }

  @Override
  public void close() throws Exception {
    servers.values().forEach(PinotServer::close);
    controller.close();
    emulator.close();
    FileUtils.deleteDirectory(folder.toFile());
  }
}
