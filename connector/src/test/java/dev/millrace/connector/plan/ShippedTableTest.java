package dev.millrace.connector.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.connector.option.CatalogOptions;
import dev.millrace.stream.Bound;
import dev.millrace.stream.Position;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.ShardScan;
import dev.millrace.table.DirectoryFiles;
import dev.millrace.table.TableDefinition;
import dev.millrace.table.TableName;
import dev.millrace.table.json.JsonCatalog;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippedTableTest {
  private static final String ACCESS_KEY = "AKIAIOSFODNN7EXAMPLE";
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG";
  private static final String TOKEN = "FwoGZXIvYXdzEBYaDEXAMPLE";
  private static final String EXTERNAL_ID = "between-two-accounts";

  @TempDir private Path directory;

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }

  private TableDefinition load(String table) {
    return new JsonCatalog(new DirectoryFiles(directory), "default")
        .load().tables().stream()
            .filter(known -> known.name().equals(new TableName("default", table)))
            .findFirst()
            .orElseThrow();
  }

  /** Ships a table and reads it as a worker does that has no files. */
  private static TableDefinition shipped(TableDefinition table) {
    return ShippedTable.decode(ShippedTable.of(table).encode()).definition();
  }

  private void writePinot(String configs) throws IOException {
    write(
        "clicks_schema.json",
        """
        {"schemaName": "clicks", "dimensionFieldSpecs": [
          {"name": "page", "dataType": "STRING"}, {"name": "tags", "dataType": "STRING",
           "singleValueField": false}], "metricFieldSpecs": [{"name": "n", "dataType": "LONG"}],
         "dateTimeFieldSpecs": [{"name": "at", "dataType": "TIMESTAMP",
          "format": "1:MILLISECONDS:EPOCH", "granularity": "1:MILLISECONDS"}]}
        """);
    write(
        "clicks.json",
        """
        {"tableName": "clicks", "tableType": "REALTIME", "segmentsConfig": {},
         "tableIndexConfig": {"streamConfigs": {"streamType": "kinesis",
          "stream.kinesis.topic.name": "clicks", "region": "eu-west-1",%s
          "stream.kinesis.decoder.class.name":
            "org.apache.pinot.plugin.inputformat.%s"}}}
        """
            .formatted(configs, "json.JSONMessageDecoder"));
  }

  @Test
  void schemaBesideADefinition_isShippedInIt() throws IOException {
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
    TableDefinition table = load("orders");
    assertThat(shipped(table)).isEqualTo(table);
    assertThat(ShippedTable.of(table).isWhole()).isTrue();
  }

  @Test
  void pinotsTwoFiles_areShippedAsOneDefinition() throws IOException {
    writePinot("");
    TableDefinition table = load("clicks");
    assertThat(shipped(table)).isEqualTo(table);
  }

  @Test
  void defaultSchema_isTheSameOnAWorker() throws IOException {
    write("orders.json", "{\"tableName\": \"orders\", \"streamName\": \"s\"}");
    TableDefinition table =
        new JsonCatalog(new DirectoryFiles(directory), "kinesis").load().tables().get(0);
    assertThat(shipped(table).name()).hasToString("kinesis.orders");
  }

  @Test
  void keysOfADefinition_doNotTravel() throws IOException {
    writePinot(
        "\"accessKey\": \"%s\", \"secretKey\": \"%s\", \"sessionToken\": \"%s\","
            .formatted(ACCESS_KEY, SECRET, TOKEN));
    TableDefinition table = load("clicks");
    assertThat(table.access().keys()).isPresent();
    assertThat(ShippedTable.of(table).isWhole()).isFalse();
    assertThat(shipped(table)).isEqualTo(table.with(table.access().withoutSecrets()));
    assertNothingSecretIn(table);
  }

  @Test
  void externalIdOfADefinition_doesNotTravel() throws IOException {
    write(
        "orders.json",
        """
        {"tableName": "orders", "streamName": "s", "externalId": "%s",
         "roleArn": "arn:aws:iam::123456789012:role/reader", "secretKey": "%s"}
        """
            .formatted(EXTERNAL_ID, SECRET));
    TableDefinition table = load("orders");
    assertThat(table.access().role().orElseThrow().externalId()).contains(EXTERNAL_ID);
    assertThat(ShippedTable.of(table).isWhole()).isFalse();
    assertThat(shipped(table).access().role().orElseThrow().arn()).endsWith("role/reader");
    assertNothingSecretIn(table);
  }

  private static void assertNothingSecretIn(TableDefinition table) throws IOException {
    ShippedTable shipped = ShippedTable.of(table);
    ShardScan shard =
        new ShardScan(
            table.stream(), new ShardId("shard-0"), Position.trimHorizon(), Bound.never());
    SplitScan split =
        new SplitScan(
            shipped,
            shard,
            TimeRange.ALL,
            new ScanOrder.All(),
            1,
            CatalogOptions.parse(Map.of()).sessionDefaults(),
            Optional.empty());
    for (String text : new String[] {TableScan.of(shipped).encode(), split.encode()}) {
      String all = text + inflated(text);
      assertThat(all).contains("streamName").contains(table.stream().name());
      for (String secret : Arrays.asList(ACCESS_KEY, SECRET, TOKEN, EXTERNAL_ID)) {
        assertThat(all).doesNotContain(secret);
      }
    }
  }

  /** Everything in a text that is compressed. */
  private static String inflated(String text) throws IOException {
    StringBuilder all = new StringBuilder();
    Matcher words = Pattern.compile("[A-Za-z0-9_-]{20,}").matcher(text);
    while (words.find()) {
      try (InflaterInputStream in =
          new InflaterInputStream(
              new ByteArrayInputStream(Base64.getUrlDecoder().decode(words.group())))) {
        all.append(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
      } catch (ZipException | IllegalArgumentException e) {
        all.append(""); // No compressed text: it was looked at as it is.
      }
    }
    return all.toString();
  }
}
