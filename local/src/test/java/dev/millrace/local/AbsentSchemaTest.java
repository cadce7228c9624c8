package dev.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.decode.schema.SchemaRegistry;
import dev.millrace.decode.schema.UnknownSchemaException;
import dev.millrace.stream.StreamRef;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.Envelope;
import dev.millrace.table.MessageDefinition;
import dev.millrace.table.MessageFormat;
import dev.millrace.table.MessageFormat.AvroEncoding;
import dev.millrace.table.TableDefinition;
import dev.millrace.table.TableName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of a schema version that the registry has later, or another registry has. */
final class AbsentSchemaTest {
  private static final SchemaRegistry GONE =
      version -> {
        throw new UnknownSchemaException("deleted");
      };

  private final FakeKinesis kinesis = new FakeKinesis().stream("orders", 1);

  @TempDir private Path directory;

  private void put() throws IOException {
    for (byte[] record : GlueRecords.of("avro")) {
      kinesis.put("orders", 0, record, kinesis.now());
      kinesis.advance(Duration.ofSeconds(1));
    }
    kinesis.advance(Duration.ofMinutes(1));
  }

  private static TableDefinition table() {
    return TableDefinition.of(
        new TableName("shop", "orders"),
        StreamRef.parse("orders"),
        MessageDefinition.of(
                new MessageFormat.Avro(Optional.empty(), AvroEncoding.BINARY),
                List.of(Home.column("order_id", Plain.BIGINT)))
            .withEnvelopes(new Envelope.GlueHeader()),
        "orders.json");
  }

  private List<String> rows(SchemaRegistry registry) {
    try (Home home =
        new Home(Home.options(directory), Home.connections(kinesis, registry), table())) {
      return home.rows("SELECT order_id FROM orders ORDER BY order_id NULLS LAST");
    }
  }

  @Test
  void versionThatIsFoundLater_makesStoredRecordsRows() throws IOException {
    put();
    assertThat(rows(SchemaRegistry.NONE)).containsExactly("null", "null");
    assertThat(rows(SchemaRegistry.NONE)).containsExactly("null", "null");
    assertThat(rows(GlueRecords.REGISTRY)).containsExactly("1", "2");
    assertThat(rows(GONE)).as("decoded once").containsExactly("1", "2");
    assertThat(kinesis.servedAgain()).isZero();
  }

  @Test
  void versionThatIsFoundLater_makesRowsInTheSameProcess() throws IOException {
    put();
    SchemaRegistry[] now = {SchemaRegistry.NONE};
    try (Home home =
        new Home(
            Home.options(directory),
            Home.connections(kinesis, version -> now[0].find(version)),
            table())) {
      String sql = "SELECT order_id FROM orders ORDER BY order_id NULLS LAST";
      assertThat(home.rows(sql)).containsExactly("null", "null");
      now[0] = GlueRecords.REGISTRY;
      assertThat(home.rows(sql)).containsExactly("1", "2");
    }
  }

  @Test
  void versionThatIsNoneForGood_isNotAskedForAgain() throws IOException {
    put();
    assertThat(rows(GONE)).containsExactly("null", "null");
    assertThat(rows(GlueRecords.REGISTRY)).containsExactly("null", "null");
  }
}
