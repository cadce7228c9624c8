package dev.millrace.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.connector.server.Engine;
import dev.millrace.connector.server.EngineServer;
import dev.millrace.connector.server.JavaHomes;
import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.KinesisEmulator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bundle in a server of Trino: what only its own class loader and its clients can show. */
class TrinoServerIT {
  @TempDir private static Path folder;
  private static KinesisEmulator emulator;
  private static EngineServer server;

  @BeforeAll
  static void start() throws Exception {
    emulator = KinesisEmulator.start(EmulatorOptions.defaults());
    emulator.streams().createStream("orders", 2);
    for (int i = 0; i < 100; i++) {
      String order = "{\"id\": %d, \"tags\": {\"b\": %d, \"a\": [1.50]}}".formatted(i, i);
      emulator.streams().put("orders", "key-" + i, order.getBytes(StandardCharsets.UTF_8));
    }
    Path definitions = Files.createDirectory(folder.resolve("definitions"));
    Files.writeString(
        definitions.resolve("orders.json"),
        """
        {"tableName": "orders", "schemaName": "shop", "streamName": "orders",
         "message": {"dataFormat": "json", "fields": [
           {"name": "id", "type": "BIGINT", "mapping": "id"},
           {"name": "tags", "type": "JSON", "mapping": "tags"}]}}
        """);
    server =
        EngineServer.of(Engine.TRINO, Repository.root())
            .with("kinesis.table-description-location", definitions.toString())
            .with("kinesis.endpoint-url", emulator.endpoint().toString())
            .with("kinesis.aws-region", "us-east-1")
            .with("kinesis.access-key", "test")
            .with("kinesis.secret-key", "test")
            .with("kinesis.log-batches", "true")
            .with("kinesis.checkpoint-store", "file:" + folder.resolve("checkpoints"))
            .start(Files.createDirectory(folder.resolve("server")));
  }

  @AfterAll
  static void stop() {
    server.close();
    emulator.close();
  }

  private static List<String> rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        rows.add(result.getString(1));
      }
      return rows;
    }
  }

  private static void set(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void jdbc_readsRecordsAndJson() throws SQLException {
    try (Connection connection = server.connect()) {
      assertThat(rows(connection, "SELECT sum(id) FROM shop.orders")).containsExactly("4950");
      assertThat(rows(connection, "SELECT json_format(tags) FROM shop.orders WHERE id = 7"))
          .containsExactly("{\"a\":[1.50],\"b\":7}");
      assertThat(rows(connection, "SELECT name FROM system.streams")).containsExactly("orders");
    }
  }

  @Test
  void verboseAnalysis_showsWhatReadingTook() throws SQLException {
    try (Connection connection = server.connect()) {
      assertThat(rows(connection, "EXPLAIN ANALYZE VERBOSE SELECT count(*) FROM shop.orders"))
          .first()
          .asString()
          .contains("'records' = LongCount{total=100}", "shards: 2 of 2");
    }
  }

  @Test
  void cli_printsRows() throws Exception {
    Process cli =
        new ProcessBuilder(
                JavaHomes.java(25).toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-jar",
                Repository.file("trino/server/target/trino-cli.jar").toString(),
                "--server",
                server.endpoint().toString(),
                "--catalog",
                "kinesis",
                "--schema",
                "shop",
                "--output-format",
                "TSV",
                "--execute",
                "SELECT count(*), max(id) FROM orders")
            .redirectErrorStream(true)
            .start();
    cli.getOutputStream().close();
    String said = new String(cli.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(cli.waitFor()).as(said).isZero();
    assertThat(said).contains("100\t99");
  }

  @Test
  void rolledBackTransaction_leavesTheCheckpointWhereItWas() throws SQLException {
    try (Connection connection = server.connect()) {
      set(connection, "SET SESSION kinesis.checkpoint_enabled = true");
      set(connection, "SET SESSION kinesis.checkpoint_logical_name = 'transactions'");
      String count = "SELECT count(*) FROM shop.orders";
      connection.setAutoCommit(false);
      assertThat(rows(connection, count)).containsExactly("100");
      connection.rollback();
      assertThat(rows(connection, count)).containsExactly("100");
      connection.commit();
      assertThat(rows(connection, count)).containsExactly("0");
      connection.rollback();
    }
  }

  @Test
  void oldProperty_isNamedInTheLog() {
    assertThat(server.logLines("log-batches")).contains("WARN", "Catalog kinesis: kinesis.log-batches");
  }

  @Test
  void bundle_bringsWhatTrinoHidesAndNothingThatItGives() throws Exception {
    try (Stream<Path> jars = Files.list(server.home().resolve("plugin/kinesis"))) {
      assertThat(jars.map(jar -> jar.getFileName().toString()))
          .anyMatch(name -> name.startsWith("jackson-databind"))
          .noneMatch(name -> name.startsWith("trino-spi") || name.startsWith("slice-"))
          .noneMatch(name -> name.startsWith("jackson-annotations"))
          .noneMatch(name -> name.startsWith("opentelemetry"));
    }
    assertThat(server.home().resolve("LICENSE")).isNotEmptyFile();
    assertThat(server.home().resolve("NOTICE")).isNotEmptyFile();
    assertThat(server.home().resolve("etc/kinesis")).isNotEmptyDirectory();
  }
}
