package dev.millrace.pinot.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.pinot.offset.KinesisOffset;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardId;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.pinot.spi.config.table.TableConfig;
import org.apache.pinot.spi.config.table.TableType;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.apache.pinot.spi.data.Schema;
import org.apache.pinot.spi.data.readers.GenericRow;
import org.apache.pinot.spi.stream.BytesStreamMessage;
import org.apache.pinot.spi.stream.StreamConfig;
import org.apache.pinot.spi.stream.StreamDataDecoderImpl;
import org.apache.pinot.spi.stream.StreamDataDecoderResult;
import org.apache.pinot.spi.stream.StreamMessageMetadata;
import org.apache.pinot.spi.utils.builder.TableConfigBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KinesisMessageDecoderTest {
  private static final Schema SCHEMA =
      new Schema.SchemaBuilder()
          .setSchemaName("orders")
          .addSingleValueDimension("id", DataType.LONG)
          .addSingleValueDimension("count", DataType.INT)
          .addSingleValueDimension("name", DataType.STRING)
          .addSingleValueDimension("price", DataType.BIG_DECIMAL)
          .addSingleValueDimension("weight", DataType.FLOAT)
          .addSingleValueDimension("ok", DataType.BOOLEAN)
          .addSingleValueDimension("detail", DataType.JSON)
          .addMultiValueDimension("tags", DataType.STRING)
          .addDateTime("at", DataType.TIMESTAMP, "TIMESTAMP", "1:MILLISECONDS")
          .build();

  private final Map<String, String> configs = new HashMap<>();
  private final KinesisMessageDecoder decoder = new KinesisMessageDecoder();
  private final GenericRow destination = new GenericRow();

  private void prop(String key, String value) {
    configs.put("stream.kinesis.decoder.prop." + key, value);
  }

  private void init(String... wanted) {
    configs.put("streamType", "kinesis");
    configs.put("stream.kinesis.topic.name", "orders");
    configs.put("stream.kinesis.decoder.class.name", KinesisMessageDecoder.class.getName());
    configs.put("stream.kinesis.consumer.factory.class.name", "none");
    TableConfig table = new TableConfigBuilder(TableType.REALTIME).setTableName("orders").build();
    decoder.init(Set.of(wanted), new StreamConfig("orders_REALTIME", configs), table, SCHEMA);
  }

  private GenericRow decode(String message) {
    byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
    return Objects.requireNonNull(decoder.decode(bytes, destination));
  }

  @Test
  void schemaAlone_valuesAreThoseOfPinotsTypes() {
    prop("dataFormat", "json");
    init();

    GenericRow row =
        decode(
            """
            {"id": 12345678901, "count": 7, "name": "a", "price": 1.50, "weight": 0.5, "ok": true,
             "detail": {"b": [1]}, "tags": ["x", "y"], "at": "2026-11-29T12:00:00.123Z"}
            """);

    assertThat(row).isSameAs(destination);
    assertThat(row.getValue("id")).isEqualTo(12345678901L);
    assertThat(row.getValue("count")).isEqualTo(7);
    assertThat(row.getValue("name")).isEqualTo("a");
    assertThat((BigDecimal) row.getValue("price")).isEqualByComparingTo("1.5");
    assertThat(row.getValue("weight")).isEqualTo(0.5f);
    assertThat(row.getValue("ok")).isEqualTo(true);
    assertThat(row.getValue("detail")).isEqualTo("{\"b\": [1]}");
    assertThat((Object[]) row.getValue("tags")).containsExactly("x", "y");
    assertThat(row.getValue("at"))
        .isEqualTo(Timestamp.from(Instant.parse("2026-11-29T12:00:00.123Z")));
    assertThat(row.isIncomplete()).isFalse();
  }

  @Test
  void wantedFields_alsoThoseThatOnlyATransformReads() {
    prop("dataFormat", "json");
    init("id", "source");

    GenericRow row = decode("{\"id\": 1, \"source\": \"s\", \"name\": \"a\"}");

    assertThat(row.getFieldToValueMap())
        .containsOnly(Map.entry("id", 1L), Map.entry("source", "s"));
  }

  @Test
  void messageInPlaceOfAnotherOne_leavesNothingOfItBehind() {
    prop("dataFormat", "json");
    init("id", "name");
    decode("{\"id\": 1, \"name\": \"a\"}");

    GenericRow row = decode("{\"id\": 2}");

    assertThat(row.getValue("id")).isEqualTo(2L);
    assertThat(row.getValue("name")).isNull();
  }

  @Test
  void badValue_isNullAndMarksTheRow() {
    prop("dataFormat", "json");
    init("id", "count");

    GenericRow row = decode("{\"id\": 1, \"count\": 99999999999}");

    assertThat(row.getValue("id")).isEqualTo(1L);
    assertThat(row.getValue("count")).isNull();
    assertThat(row.isIncomplete()).isTrue();
  }

  @Test
  void badMessage_throwsAndTheNextIsRead() {
    prop("dataFormat", "json");
    init("id");

    assertThatThrownBy(() -> decode("{\"id\": "))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("JSON");
    assertThat(decode("{\"id\": 3}").getValue("id")).isEqualTo(3L);
  }

  @Test
  void badMessage_isAnErrorOfThatMessageToPinot() {
    prop("dataFormat", "json");
    init("id");
    KinesisOffset offset = KinesisOffset.of(new ShardId("s"), new SequenceNumber("1"));
    StreamMessageMetadata metadata =
        new StreamMessageMetadata.Builder().setOffset(offset, offset).build();

    StreamDataDecoderResult result =
        new StreamDataDecoderImpl(decoder).decode(new BytesStreamMessage(new byte[0], metadata));

    assertThat(result.getException()).isInstanceOf(MillraceException.class);
    assertThat(result.getResult()).isNull();
  }

  @Test
  void badMessageToSkip_isPassedOver() {
    prop("dataFormat", "json");
    prop("onBad", "skip");
    init("id");

    assertThat(decode("{\"id\": ").getValue(GenericRow.SKIP_RECORD_KEY)).isEqualTo(true);
    assertThat(decode("{\"id\": 3}").getFieldToValueMap()).containsOnly(Map.entry("id", 3L));
  }

  @Test
  void envelopeOfSeveral_eachIsARow() {
    prop("dataFormat", "json");
    prop("envelopes", "[\"lines\"]");
    init("id");

    assertThat(decode("{\"id\": 1}").getFieldToValueMap()).containsOnly(Map.entry("id", 1L));
    @SuppressWarnings("unchecked")
    List<GenericRow> rows =
        (List<GenericRow>)
            decode("{\"id\": 1}\n{\"id\": 2}").getValue(GenericRow.MULTIPLE_RECORDS_KEY);
    assertThat(rows.stream().map(row -> row.getValue("id"))).containsExactly(1L, 2L);
    assertThat(decode("").getValue(GenericRow.SKIP_RECORD_KEY)).isEqualTo(true);
  }

  @Test
  void fieldsAndOptions_areThoseOfADefinition() {
    prop("dataFormat", "csv");
    prop("options", "{\"delimiter\": \"|\"}");
    prop(
        "fields",
        """
        [{"name": "id", "type": "BIGINT", "mapping": "1"},
         {"name": "day", "type": "DATE", "mapping": "0"}]
        """);
    init();

    GenericRow row = decode("2026-11-29|5");

    assertThat(row.getValue("id")).isEqualTo(5L);
    assertThat(row.getValue("day")).isEqualTo("2026-11-29");
  }

  @Test
  void filesOfADefinition_lieInADirectory(@TempDir Path directory) throws Exception {
    Files.writeString(
        directory.resolve("order.avsc"),
        """
        {"type": "record", "name": "Order", "fields": [
          {"name": "id", "type": "long"}, {"name": "name", "type": "string"}]}
        """);
    prop("dataFormat", "avro");
    prop("options", "{\"schema\": \"order.avsc\"}");
    prop("files", directory.toString());
    init("id", "name");

    GenericRow row = Objects.requireNonNull(decoder.decode(new byte[] {14, 2, 'a'}, destination));

    assertThat(row.getFieldToValueMap()).containsOnly(Map.entry("id", 7L), Map.entry("name", "a"));
  }

  @Test
  void payloadInsideAnArray_isReadWhereItLies() {
    prop("dataFormat", "json");
    init("id");
    byte[] array = "xx{\"id\": 4}yy".getBytes(StandardCharsets.UTF_8);

    GenericRow row =
        Objects.requireNonNull(decoder.decode(array, 2, array.length - 4, destination));

    assertThat(row.getValue("id")).isEqualTo(4L);
  }

  @Test
  void wrongProps_areToldByTheirNames() {
    prop("dataFormat", "jsom");

    assertThatThrownBy(this::init)
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("stream.kinesis.decoder.prop.dataFormat: 'jsom'")
        .hasMessageContaining("json, csv");
  }

  @Test
  void noFormat_isToldByItsName() {
    assertThatThrownBy(this::init)
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("stream.kinesis.decoder.prop.dataFormat: this key is missing");
  }
}
