package dev.millrace.trino;

import static io.trino.testing.TestingSession.testSessionBuilder;

import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.Fault;
import dev.millrace.emulator.FaultScope;
import dev.millrace.emulator.KinesisEmulator;
import dev.millrace.emulator.Streams;
import io.trino.Session;
import io.trino.testing.DistributedQueryRunner;
import io.trino.testing.MaterializedResult;
import io.trino.testing.MaterializedRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** An emulator, table definitions, and a catalog of Trino's over both. */
final class TrinoFixture implements AutoCloseable {
  /** What no message may show. */
  static final String SECRET = "hush-hush";

  private static final AtomicInteger CATALOGS = new AtomicInteger();

  private final DistributedQueryRunner runner;
  private final KinesisEmulator emulator;
  private final Path folder;
  private final Map<String, String> properties = new HashMap<>();
  private final String catalog = "kinesis" + CATALOGS.incrementAndGet();
  private boolean created;

  private TrinoFixture(DistributedQueryRunner runner, EmulatorOptions options) {
    this.runner = runner;
    this.emulator = KinesisEmulator.start(options);
    // Hits every call and does nothing to it: what was hit is a list of all calls.
    emulator.faults().rate(1, Fault.latency(Duration.ZERO), FaultScope.anyCall());
    try {
      this.folder = Files.createTempDirectory("definitions");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    properties.put("kinesis.endpoint-url", emulator.endpoint().toString());
    properties.put("kinesis.aws-region", "us-east-1");
    properties.put("kinesis.access-key", "test");
    properties.put("kinesis.secret-key", SECRET);
    properties.put("kinesis.table-description-location", folder.toString());
  }

  static TrinoFixture create() {
    return on(TrinoEngine.oneNode(), EmulatorOptions.defaults());
  }

  static TrinoFixture on(DistributedQueryRunner runner, EmulatorOptions options) {
    return new TrinoFixture(runner, options.withMaxMemoryBytes(256L << 20));
  }

  /** Only before the first query. */
  TrinoFixture with(String property, String value) {
    properties.put(property, value);
    return this;
  }

  TrinoFixture define(String name, String definition) {
    try {
      Files.writeString(folder.resolve(name + ".json"), definition);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  void undefine(String name) {
    try {
      Files.delete(folder.resolve(name + ".json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A stream and a table of its name, of JSON records with an {@code id} and a {@code text}. */
  TrinoFixture numbered(String stream, int shards) {
    streams().createStream(stream, shards);
    return define(
        stream,
        """
        {"tableName": "%s", "streamName": "%s",
         "message": {"dataFormat": "json", "fields": [
           {"name": "id", "type": "BIGINT", "mapping": "id"},
           {"name": "text", "type": "VARCHAR", "mapping": "text"}]}}
        """
            .formatted(stream, stream));
  }

  Streams streams() {
    return emulator.streams();
  }

  KinesisEmulator emulator() {
    return emulator;
  }

  Streams.Put put(String stream, String key, String data) {
    return streams().put(stream, key, data.getBytes(StandardCharsets.UTF_8));
  }

  Streams.Put put(String stream, String key, String data, Instant arrival) {
    return streams().put(stream, key, data.getBytes(StandardCharsets.UTF_8), arrival);
  }

  /** Puts so many records of {@link #numbered}, from that id on, over many partition keys. */
  void putNumbered(String stream, int from, int count) {
    for (int i = from; i < from + count; i++) {
      put(stream, "key-" + i, numberedRecord(i));
    }
  }

  static String numberedRecord(int id) {
    return "{\"id\": %d, \"text\": \"record %d\"}".formatted(id, id);
  }

  String catalog() {
    return catalog;
  }

  DistributedQueryRunner runner() {
    if (!created) {
      runner.createCatalog(catalog, "kinesis", properties);
      created = true;
    }
    return runner;
  }

  Session session() {
    return session(Map.of());
  }

  Session session(Map<String, String> catalogProperties) {
    Session.SessionBuilder session = testSessionBuilder().setCatalog(catalog).setSchema("default");
    catalogProperties.forEach(
        (name, value) -> session.setCatalogSessionProperty(catalog, name, value));
    return session.build();
  }

  MaterializedResult execute(String sql) {
    return runner().execute(session(), sql);
  }

  List<List<Object>> rows(String sql) {
    return rows(sql, Map.of());
  }

  List<List<Object>> rows(String sql, Map<String, String> catalogProperties) {
    return runner().execute(session(catalogProperties), sql).getMaterializedRows().stream()
        .map(MaterializedRow::getFields)
        .toList();
  }

  /** Of a query that gives one value. */
  Object value(String sql) {
    return execute(sql).getOnlyValue();
  }

  String explain(String sql) {
    return (String) value("EXPLAIN " + sql);
  }

  /** How often an operation was called so far. */
  long calls(String operation) {
    return emulator.faults().injected().stream()
        .filter(call -> call.operation().equals(operation))
        .filter(call -> call.fault() instanceof Fault.Latency)
        .count();
  }

  @Override
  public void close() {
    if (created) {
      runner.execute("DROP CATALOG " + catalog);
    }
    emulator.close();
  }
}
