package dev.millrace.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.connector.option.CatalogOptions;
import dev.millrace.connector.plan.KinesisTable;
import dev.millrace.connector.plan.ShippedTable;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.table.DirectoryFiles;
import dev.millrace.table.StreamAccess.Keys;
import dev.millrace.table.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes: credentials stay where the definition is. */
class DefinedTablesTest {
  private static final TableName CLICKS = new TableName("default", "clicks");
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG";

  @TempDir private Path coordinators;
  @TempDir private Path workers;

  private static DefinedTables node(Path directory) {
    return new DefinedTables(
        new DirectoryFiles(directory),
        CatalogOptions.parse(Map.of()),
        InstantSource.fixed(Instant.EPOCH),
        warning -> {});
  }

  private static void define(Path directory, String region, String keys) throws IOException {
    Files.writeString(
        directory.resolve("clicks_schema.json"),
        """
        {"schemaName": "clicks", "dimensionFieldSpecs": [{"name": "page", "dataType": "STRING"}]}
        """);
    Files.writeString(
        directory.resolve("clicks.json"),
        """
        {"tableName": "clicks", "tableType": "REALTIME", "segmentsConfig": {},
         "tableIndexConfig": {"streamConfigs": {"streamType": "kinesis",
          "stream.kinesis.topic.name": "clicks", "region": "%s",%s
          "stream.kinesis.decoder.class.name":
            "org.apache.pinot.plugin.inputformat.json.JSONMessageDecoder"}}}
        """
            .formatted(region, keys));
  }

  private static String keys(String secret) {
    return "\"accessKey\": \"AKIAIOSFODNN7EXAMPLE\", \"secretKey\": \"" + secret + "\",";
  }

  /** As it comes to a worker: nothing but its text. */
  private ShippedTable ship() {
    KinesisTable table = node(coordinators).find(CLICKS).orElseThrow();
    return ShippedTable.decode(table.shipped().encode());
  }

  private static Optional<Keys> keysOf(DefinedTables node, ShippedTable table) {
    return node.of(table).access().keys();
  }

  @Test
  void sameDefinitionOnAnotherNode_hasTheCredentials() throws IOException {
    define(coordinators, "eu-west-1", keys(SECRET));
    define(workers, "eu-west-1", keys(SECRET));
    ShippedTable shipped = ship();
    assertThat(shipped.definition().access().keys()).isEmpty();
    assertThat(keysOf(node(workers), shipped)).map(Keys::secretKey).contains(SECRET);
    assertThat(keysOf(node(coordinators), shipped)).isPresent();
  }

  @Test
  void nodeThatReadItsFilesEarlier_readsThemAnew() throws IOException {
    define(coordinators, "eu-west-1", keys(SECRET));
    define(workers, "eu-west-1", "");
    DefinedTables worker = node(workers);
    assertThat(worker.find(CLICKS)).isPresent();
    define(workers, "eu-west-1", keys(SECRET));
    assertThat(keysOf(worker, ship())).isPresent();
  }

  @Test
  void nodeWithoutTheDefinition_saysWhatToDoAndNoSecret() throws IOException {
    define(coordinators, "eu-west-1", keys(SECRET));
    define(workers, "us-east-1", keys("another"));
    assertThatThrownBy(() -> node(workers).of(ship()))
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ACCESS))
        .hasMessageContaining("default.clicks")
        .hasMessageContaining(workers.toString())
        .hasMessageNotContaining(SECRET)
        .hasMessageNotContaining("another");
  }

  @Test
  void definitionWithoutCredentials_needsNoFiles() throws IOException {
    define(coordinators, "eu-west-1", "");
    ShippedTable shipped = ship();
    assertThat(node(workers).of(shipped)).isEqualTo(shipped.definition());
  }
}
