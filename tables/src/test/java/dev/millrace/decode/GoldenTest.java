package dev.millrace.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.table.Definitions;
import dev.millrace.table.TableDefinition;
import dev.millrace.table.json.JsonCatalog;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A definition file and a record, all the way to a row. */
class GoldenTest {
  private static final String DEFINITION =
      """
      {
        "tableName": "orders",
        "schemaName": "shop",
        "streamName": "orders-stream",
        "message": {
          "dataFormat": "json",
          "compressionCodec": "AUTOMATIC",
          "fields": [
            {"name": "order_id", "type": "BIGINT", "mapping": "id"},
            {"name": "token", "type": "UUID"},
            {"name": "customer", "type": "VARCHAR", "mapping": "customer/name"},
            {"name": "first_sku", "type": "varchar(10)", "mapping": "items[0]/sku"},
            {"name": "items", "type": "JSON"},
            {"name": "total", "type": "decimal(10,2)"},
            {"name": "paid", "type": "boolean"},
            {"name": "day", "type": "date"},
            {"name": "ordered_at", "type": "timestamp(6) with time zone", "mapping": "at"},
            {"name": "seen_at", "type": "timestamp", "dataFormat": "milliseconds-since-epoch"},
            {"name": "note", "type": "string", "comment": "free text", "hidden": true}
          ]
        }
      }
      """;

  private static final String RECORD =
      """
      {"id": 17, "token": "123e4567-e89b-12d3-a456-426614174000",
       "customer": {"name": "Zo\\u00eb", "tier": "gold"},
       "items": [{"sku": "A-1", "n": 2}, {"sku": "B-2"}],
       "total": 12.5, "paid": true, "day": "2024-05-31", "at": "2024-05-31T12:00:00.123456+02:00",
       "seen_at": 1717149600123, "note": null}
      """;

  @TempDir Path directory;

  @Test
  void definitionAndRecord_giveTheRow() throws IOException {
    Files.writeString(directory.resolve("orders.json"), DEFINITION);
    Definitions definitions = JsonCatalog.ofDirectory(directory).load();
    assertThat(definitions.problems()).isEmpty();
    TableDefinition table = definitions.tables().get(0);
    assertThat(table.name()).hasToString("shop.orders");

    RecordedRows rows = new RecordedRows(table.columns().size());
    RowDecoders.compile(table, table.columns()).decode(TestRecords.record(RECORD), rows);

    assertThat(rows.errors()).isEmpty();
    assertThat(rows.values())
        .containsExactly(
            Arrays.asList(
                17L,
                UUID.fromString("123e4567-e89b-12d3-a456-426614174000"),
                "Zoë",
                "A-1",
                "[{\"sku\": \"A-1\", \"n\": 2}, {\"sku\": \"B-2\"}]",
                new BigDecimal("12.50"),
                true,
                LocalDate.of(2024, 5, 31),
                Instant.parse("2024-05-31T10:00:00.123456Z"),
                Instant.parse("2024-05-31T10:00:00.123Z"),
                null));
  }
}
