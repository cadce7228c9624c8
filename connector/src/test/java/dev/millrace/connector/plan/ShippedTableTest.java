package dev.millrace.connector.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.table.DirectoryFiles;
import dev.millrace.table.TableDefinition;
import dev.millrace.table.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippedTableTest {
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG";

  @TempDir private Path directory;

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }

  /** Ships a table, removes all files, and reads it from its text. */
  private ShippedTable ship(TableName name) throws IOException {
    ShippingCatalog catalog = new ShippingCatalog(new DirectoryFiles(directory), "default");
    TableDefinition table =
        catalog.load().tables().stream()
            .filter(known -> known.name().equals(name))
            .findFirst()
            .orElseThrow();
    String text = catalog.ship(table).encode();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    ShippedTable shipped = ShippedTable.decode(text);
    assertThat(shipped.definition()).isEqualTo(table);
    return shipped;
  }

  @Test
  void definition_isReadWithoutItsFile() throws IOException {
    write("other.json", "{\"tableName\": \"other\", \"streamName\": \"s\"}");
    write("orders.json", "{\"tableName\": \"orders\", \"streamName\": \"s\"}");
    ShippedTable shipped = ship(new TableName("default", "orders"));
    assertThat(ShippedText.read(shipped.encode()).files().files())
        .extracting(file -> file.name())
        .containsExactly("orders.json");
  }

  @Test
  void schemaBesideIt_isShippedToo() throws IOException {
    write(
        "orders.avsc",
        """
        {"type":"record","name":"Order","fields":[{"name":"id","type":"long"}]}
        """);
    write(
        "orders.json",
        """
        {"tableName": "orders", "streamName": "s", "message": {"dataFormat": "avro",
         "options": {"schema": "orders.avsc"}, "fields": [{"name": "id", "type": "BIGINT"}]}}
        """);
    write(
        "more.json",
        """
        {"tableName": "more", "streamName": "s", "message": {"dataFormat": "avro",
         "options": {"schema": "orders.avsc"}, "fields": [{"name": "id", "type": "BIGINT"}]}}
        """);
    ship(new TableName("default", "orders"));
  }

  @Test
  void pinotsTwoFiles_areShippedTogether() throws IOException {
    write(
        "a_schema.json",
        """
        {"schemaName": "clicks", "dimensionFieldSpecs": [{"name": "page", "dataType": "STRING"}]}
        """);
    write(
        "b_schema.json",
        """
        {"schemaName": "views", "dimensionFieldSpecs": [{"name": "page", "dataType": "INT"}]}
        """);
    write(
        "clicks.json",
        """
        {"tableName": "clicks", "tableType": "REALTIME", "segmentsConfig": {},
         "tableIndexConfig": {"streamConfigs": {"streamType": "kinesis",
          "stream.kinesis.topic.name": "clicks", "region": "eu-west-1",
          "stream.kinesis.decoder.class.name":
            "org.apache.pinot.plugin.inputformat.json.JSONMessageDecoder"}}}
        """);
    ShippedTable shipped = ship(new TableName("default", "clicks"));
    assertThat(ShippedText.read(shipped.encode()).files().files())
        .extracting(file -> file.name())
        .containsExactly("clicks.json", "a_schema.json");
  }

  @Test
  void credentialsOfADefinition_areNotShown() throws IOException {
    write(
        "clicks.json",
        """
        {"tableName": "clicks", "tableType": "REALTIME", "segmentsConfig": {},
         "schema": {}, "tableIndexConfig": {"streamConfigs": {"streamType": "kinesis",
          "stream.kinesis.topic.name": "clicks", "region": "eu-west-1",
          "accessKey": "AKIAIOSFODNN7EXAMPLE", "secretKey": "%s",
          "stream.kinesis.decoder.class.name":
            "org.apache.pinot.plugin.inputformat.json.JSONMessageDecoder"}}}
        """
            .formatted(SECRET));
    write(
        "clicks_schema.json",
        """
        {"schemaName": "clicks", "dimensionFieldSpecs": [{"name": "page", "dataType": "STRING"}]}
        """);
    ShippedTable shipped = ship(new TableName("default", "clicks"));
    assertThat(shipped.definition().access().keys()).isPresent();
    assertThat(shipped + " " + TableScan.of(shipped) + " " + shipped.encode())
        .doesNotContain(SECRET);
    assertThat(TableScan.of(shipped).encode()).doesNotContain(SECRET);
  }

  @Test
  void defaultSchema_isTheSameOnAWorker() throws IOException {
    write("orders.json", "{\"tableName\": \"orders\", \"streamName\": \"s\"}");
    ShippingCatalog catalog = new ShippingCatalog(new DirectoryFiles(directory), "kinesis");
    TableDefinition table = catalog.load().tables().get(0);
    assertThat(ShippedTable.decode(catalog.ship(table).encode()).definition().name())
        .hasToString("kinesis.orders");
  }

  @Test
  void fileChangedSince_theOldDefinitionIsShipped() throws IOException {
    write("orders.json", "{\"tableName\": \"orders\", \"streamName\": \"old\"}");
    ShippingCatalog catalog = new ShippingCatalog(new DirectoryFiles(directory), "default");
    TableDefinition old = catalog.load().tables().get(0);
    write("orders.json", "{\"tableName\": \"orders\", \"streamName\": \"new\"}");
    TableDefinition changed = catalog.load().tables().get(0);
    assertThat(catalog.ship(old).definition().stream()).hasToString("old");
    assertThat(catalog.ship(changed).definition().stream()).hasToString("new");
    assertThat(catalog.ship(old)).isNotEqualTo(catalog.ship(changed));
  }
}
