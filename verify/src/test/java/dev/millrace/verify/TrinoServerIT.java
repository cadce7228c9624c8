package dev.millrace.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.connector.server.Engine;
import dev.millrace.connector.server.EngineServer;
import dev.millrace.connector.server.JavaHomes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The bundle in a server of Trino: that of the {@link MigrationContract}, and what only the
 * server's own class loader and clients can show.
 */
class TrinoServerIT extends MigrationContract {
  TrinoServerIT() {
    super(Engine.TRINO, "docs/guides/migrate-from-trino-469.md");
  }

  @Override
  void addTo(EngineServer.Setup setup) {
    emulator().streams().createStream("things", 2);
    for (int i = 0; i < 100; i++) {
      String thing = "{\"id\": %d, \"tags\": {\"b\": %d, \"a\": [1.50]}}".formatted(i, i);
      emulator().streams().put("things", "key-" + i, thing.getBytes(StandardCharsets.UTF_8));
    }
    setup.withDefinition(
        "things.json",
        """
        {"tableName": "things", "schemaName": "shop", "streamName": "things",
         "message": {"dataFormat": "json", "fields": [
           {"name": "id", "type": "BIGINT", "mapping": "id"},
           {"name": "tags", "type": "JSON", "mapping": "tags"}]}}
        """);
  }

  @Test
  void jdbc_readsRecordsAndJson() throws SQLException {
    try (Connection connection = server().connect()) {
      assertThat(rows(connection, "SELECT sum(id) FROM shop.things")).containsExactly("4950");
      assertThat(rows(connection, "SELECT json_format(tags) FROM shop.things WHERE id = 7"))
          .containsExactly("{\"a\":[1.50],\"b\":7}");
      assertThat(rows(connection, "SELECT name FROM system.streams ORDER BY name"))
          .containsExactly("orders", "payments", "things");
    }
  }

  @Test
  void verboseAnalysis_showsWhatReadingTook() throws SQLException {
    try (Connection connection = server().connect()) {
      assertThat(rows(connection, "EXPLAIN ANALYZE VERBOSE SELECT count(*) FROM shop.things"))
          .first()
          .asString()
          .contains("'records' = LongCount{total=100}", "shards: 2 of 2");
    }
  }

  @Test
  void cli_printsWhatTheGuideShows() {
    ConsoleBlock shown = ConsoleBlock.of(guide()).get(0);
    String cli =
        "trino() { '%s' --enable-native-access=ALL-UNNAMED -jar '%s' --server %s \"$@\"; }"
            .formatted(
                JavaHomes.java(25),
                Repository.file("trino/server/target/trino-cli.jar"),
                server().endpoint());
    Command.Result result = Command.shell(cli + "; " + shown.command()).run();
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.outLines().stream().map(ConsoleBlock::shape).filter(line -> !line.isEmpty()))
        .containsExactlyElementsOf(shown.output().stream().map(ConsoleBlock::shape).toList());
  }

  @Test
  void rolledBackTransaction_leavesTheCheckpointWhereItWas() throws SQLException {
    try (Connection connection = server().connect()) {
      rows(connection, "SET SESSION kinesis.checkpoint_enabled = true");
      rows(connection, "SET SESSION kinesis.checkpoint_logical_name = 'transactions'");
      String count = "SELECT count(*) FROM shop.things";
      connection.setAutoCommit(false);
      assertThat(iteration(connection, 0, count)).containsExactly("100");
      connection.rollback();
      assertThat(iteration(connection, 1, count)).containsExactly("100");
      connection.commit();
      assertThat(iteration(connection, 2, count)).containsExactly("0");
      connection.rollback();
    }
  }

  /** Numbered, because the catalog of the page numbers them by default. */
  private static List<String> iteration(Connection connection, int number, String sql)
      throws SQLException {
    rows(connection, "SET SESSION kinesis.iteration_number = " + number);
    return rows(connection, sql);
  }

  @Test
  void bundle_bringsWhatTrinoHidesAndNothingThatItGives() throws Exception {
    try (Stream<Path> jars = Files.list(server().home().resolve("plugin/kinesis"))) {
      assertThat(jars.map(jar -> jar.getFileName().toString()))
          .anyMatch(name -> name.startsWith("jackson-databind"))
          .noneMatch(name -> name.startsWith("trino-spi") || name.startsWith("slice-"))
          .noneMatch(name -> name.startsWith("jackson-annotations"))
          .noneMatch(name -> name.startsWith("opentelemetry"));
    }
    assertThat(server().home().resolve("LICENSE")).isNotEmptyFile();
    assertThat(server().home().resolve("NOTICE")).isNotEmptyFile();
    assertThat(server().home().resolve("etc/kinesis")).isNotEmptyDirectory();
  }
}
