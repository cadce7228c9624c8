package dev.millrace.presto;

import com.facebook.presto.Session;
import com.facebook.presto.spi.PrestoWarning;
import com.facebook.presto.testing.MaterializedResult;
import com.facebook.presto.testing.MaterializedRow;
import com.facebook.presto.tests.DistributedQueryRunner;
import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.Fault;
import dev.millrace.emulator.FaultScope;
import dev.millrace.emulator.Faults;
import dev.millrace.emulator.KinesisEmulator;
import dev.millrace.emulator.Streams;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** An emulator and a catalog over it, in the nodes that all tests share. */
final class Scene implements AutoCloseable {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final KinesisEmulator emulator;
  private final Path definitions;
  private final Path checkpoints;
  private final String catalog = "kinesis" + NUMBER.incrementAndGet();

  private Scene(EmulatorOptions options, Map<String, String> properties) {
    emulator = KinesisEmulator.start(options);
    // Counts calls: a fault that changes nothing.
    emulator.faults().rate(1, Fault.latency(Duration.ZERO), FaultScope.anyCall());
    try {
      definitions = Files.createTempDirectory("definitions");
      checkpoints = Files.createTempDirectory("checkpoints");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> config = new HashMap<>();
    config.put("kinesis.endpoint-url", emulator.endpoint().toString());
    config.put("kinesis.aws-region", "us-east-1");
    config.put("kinesis.table-description-location", definitions.toString());
    config.put("kinesis.table-description-refresh-interval", "0s");
    config.put("kinesis.default-schema", "shop");
    config.put("kinesis.checkpoint-store", "file:" + checkpoints);
    config.putAll(properties);
    runner().createCatalog(catalog, "kinesis", config);
  }

  static Scene open() {
    return open(Map.of());
  }

  static Scene open(Map<String, String> properties) {
    return open(EmulatorOptions.defaults(), properties);
  }

  static Scene open(EmulatorOptions options, Map<String, String> properties) {
    return new Scene(options.withMaxMemoryBytes(64 << 20), properties);
  }

  static DistributedQueryRunner runner() {
    return PrestoNodes.shared();
  }

  String catalog() {
    return catalog;
  }

  Streams streams() {
    return emulator.streams();
  }

  Faults faults() {
    return emulator.faults();
  }

  /** A JSON table over the stream of its own name, which is made with so many shards. */
  void table(String name, int shards, String... fields) {
    streams().createStream(name, shards);
    define(name, name, fields);
  }

  /** Writes a definition; fields are as in {@code "id BIGINT"}, mapped by their own name. */
  void define(String table, String stream, String... fields) {
    StringBuilder text = new StringBuilder();
    for (String field : fields) {
      int space = field.indexOf(' ');
      text.append(text.isEmpty() ? "" : ",")
          .append(
              "{\"name\":\"%s\",\"type\":\"%s\",\"mapping\":\"%s\"}"
                  .formatted(
                      field.substring(0, space),
                      field.substring(space + 1).replace("\"", "\\\""),
                      field.substring(0, space)));
    }
    defineJson(
        table,
        "{\"tableName\":\"%s\",\"streamName\":\"%s\",\"message\":{\"dataFormat\":\"json\",\"fields\":[%s]}}"
            .formatted(table, stream, text));
  }

  void defineJson(String table, String json) {
    try {
      Files.writeString(definitions.resolve(table + ".json"), json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void undefine(String table) {
    try {
      Files.delete(definitions.resolve(table + ".json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path definitions() {
    return definitions;
  }

  Streams.Put put(String stream, String key, String data) {
    return streams().put(stream, key, data.getBytes(StandardCharsets.UTF_8));
  }

  /** Puts {@code {"id":N}} for each number, each with a partition key of its own. */
  void putIds(String stream, int from, int until) {
    for (int i = from; i < until; i++) {
      put(stream, "key-" + i, "{\"id\":" + i + "}");
    }
  }

  Session session() {
    return builder().build();
  }

  /** A session that sets one property of the catalog. */
  Session with(String property, String value) {
    return builder().setCatalogSessionProperty(catalog, property, value).build();
  }

  Session.SessionBuilder builder() {
    return PrestoNodes.session().setCatalog(catalog).setSchema("shop");
  }

  MaterializedResult query(String sql) {
    return query(session(), sql);
  }

  MaterializedResult query(Session session, String sql) {
    return runner().execute(session, sql);
  }

  List<List<Object>> rows(String sql) {
    return rows(session(), sql);
  }

  List<List<Object>> rows(Session session, String sql) {
    return query(session, sql).getMaterializedRows().stream()
        .map(MaterializedRow::getFields)
        .toList();
  }

  /** The first column of the first row. */
  Object value(String sql) {
    return value(session(), sql);
  }

  Object value(Session session, String sql) {
    return query(session, sql).getMaterializedRows().get(0).getField(0);
  }

  String explain(String sql) {
    return (String) value("EXPLAIN " + sql);
  }

  List<String> warnings(Session session, String sql) {
    return query(session, sql).getWarnings().stream().map(PrestoWarning::getMessage).toList();
  }

  /** So many calls of an operation there were so far. */
  long calls(String operation) {
    return faults().injected().stream()
        .filter(call -> call.operation().equals(operation))
        .filter(call -> call.fault() instanceof Fault.Latency)
        .count();
  }

  /** Goes on once an operation was called so often. */
  void awaitCalls(String operation, long times) {
    while (calls(operation) < times) {
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    emulator.close();
  }
}
