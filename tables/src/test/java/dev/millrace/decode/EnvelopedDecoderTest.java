package dev.millrace.decode;

import static dev.millrace.decode.TestRecords.column;
import static dev.millrace.decode.TestRecords.decode;
import static dev.millrace.decode.TestRecords.mapped;
import static dev.millrace.decode.TestRecords.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.table.Column;
import dev.millrace.table.Column.Origin;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.Compression;
import dev.millrace.table.Envelope;
import dev.millrace.table.MessageDefinition;
import dev.millrace.table.MessageFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rows of messages in envelopes, with columns of both. */
class EnvelopedDecoderTest {
  private static final Column GROUP = around("log_group", Plain.VARCHAR, "logGroup");
  private static final Column ID = around("id", Plain.BIGINT, "logEvents/id");
  private static final String LOGS =
      "{'messageType':'DATA_MESSAGE','logGroup':'g','logEvents':["
          + "{'id':'1','message':'2 123456789010 eni-1'},{'id':'2'},{'id':'x','message':'-'}]}";

  private static Column around(String name, Plain type, String path) {
    return mapped(name, type, path).withOrigin(Origin.ENVELOPE);
  }

  private static List<@Nullable Object> row(@Nullable Object... values) {
    return Arrays.asList(values);
  }

  private static RecordedRows rows(MessageDefinition definition, String payload) {
    return decode(definition, record(payload.replace('\'', '"')));
  }

  private static MessageDefinition logs(MessageFormat format, Column... columns) {
    return MessageDefinition.of(format, List.of(columns))
        .withEnvelopes(new Envelope.CloudWatchLogs());
  }

  @Test
  void eachLogEvent_isARow_withWhatIsAroundIt() {
    RecordedRows rows =
        rows(logs(new MessageFormat.Raw(), mapped("line", Plain.VARCHAR, "0"), GROUP, ID), LOGS);
    assertThat(rows.values())
        .containsExactly(
            row("2 123456789010 eni-1", "g", 1L), row(null, "g", 2L), row("-", "g", null));
    assertThat(rows.errors()).hasSize(2).first().asString().contains("no message at logEvents/mes");
  }

  @Test
  void brokenMessage_leavesWhatIsAroundIt() {
    MessageDefinition definition = logs(new MessageFormat.Json(), column("a", Plain.BIGINT), GROUP);
    String data =
        "{'messageType':'DATA_MESSAGE','logGroup':'g','logEvents':["
            + "{'message':'{\\u0022a\\u0022:1}'},{'message':'{\\u0022a\\u0022:2'}]}";
    RecordedRows rows = rows(definition, data);
    assertThat(rows.values()).containsExactly(row(1L, "g"), row(null, "g"));
    assertThat(rows.errors())
        .containsExactly("the JSON is broken at byte 6: the message ends inside a value");
  }

  @Test
  void recordThatCannotBeOpened_isOneBadRow() {
    MessageDefinition definition = logs(new MessageFormat.Json(), column("a", Plain.BIGINT), GROUP);
    RecordedRows rows = rows(definition, "{'messageType':'DATA_MESSAGE','logGroup':'g',");
    assertThat(rows.values()).isEmpty();
    assertThat(rows.errors()).singleElement().asString().startsWith("the JSON is broken at byte");
    assertThat(rows(definition.withCompression(Compression.GZIP), "x").rows()).hasSize(1);
  }

  @Test
  void controlMessages_makeNoRow_andAreNotCounted() {
    String control = "{'messageType':'CONTROL_MESSAGE','logEvents':[{'message':''}]}";
    assertThat(rows(logs(new MessageFormat.Json(), GROUP), control).rows()).isEmpty();
    assertThat(rows(logs(new MessageFormat.Json()), control).rows()).isEmpty();
    assertThat(rows(logs(new MessageFormat.Json()), LOGS).rows()).hasSize(3);
  }

  @Test
  void explodedArray_repeatsTheRestOfItsDocument() {
    Envelope items = new Envelope.JsonWrapper(Optional.of("items"), Optional.empty());
    MessageDefinition definition =
        MessageDefinition.of(
                new MessageFormat.Json(),
                List.of(
                    column("order", Plain.BIGINT),
                    mapped("sku", Plain.VARCHAR, "items/sku"),
                    around("again", Plain.BIGINT, "order")))
            .withEnvelopes(items);
    assertThat(rows(definition, "{'order':7,'items':[{'sku':'a'},{'sku':'b'}]}").values())
        .containsExactly(row(7L, "a", 7L), row(7L, "b", 7L));
  }

  @Test
  void longDocument_isNotReadForEndlesslyManyRows() {
    MessageDefinition definition =
        MessageDefinition.of(
                new MessageFormat.Raw(), List.of(mapped("a", Plain.VARCHAR, "0"), GROUP))
            .withEnvelopes(
                new Envelope.JsonWrapper(Optional.empty(), Optional.of("m")), new Envelope.Lines());
    String data = "{\"logGroup\":\"g\",\"m\":\"%s\"}".formatted("line\\n".repeat(1_000));
    RecordedRows rows = RecordedRows.of(definition.columns());
    RowDecoders.compile(
            definition,
            definition.columns(),
            MessageReader.withLimit(Compression.UNCOMPRESSED, 10_000))
        .decode(record(data), rows);
    assertThat(rows.values())
        .hasSize(1_000)
        .startsWith(row("line", "g"))
        .endsWith(row("line", null));
    assertThat(rows.errors())
        .hasSize(1_000 - 1 - 32 * 10_000 / data.length())
        .containsOnly(
            "the JSON around the message is too long to be read for each of so many rows");
  }

  @Test
  void whatStandsBesideTheOneMessage_isSaidInItsRow() {
    Envelope detail = new Envelope.JsonWrapper(Optional.empty(), Optional.of("detail"));
    MessageDefinition definition =
        MessageDefinition.of(new MessageFormat.Json(), List.of(column("a", Plain.BIGINT)))
            .withEnvelopes(detail);
    RecordedRows rows = rows(definition, "{'detail':{'a':1}} {'detail':{'a':2}}");
    assertThat(rows.values()).containsExactly(row(1L));
    assertThat(rows.errors()).singleElement().asString().startsWith("more follows the JSON value");
  }
}
