package dev.millrace.decode.format;

import static dev.millrace.decode.TestRecords.column;
import static dev.millrace.decode.TestRecords.mapped;
import static dev.millrace.decode.TestRecords.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.decode.RecordedRows;
import dev.millrace.decode.TestRecords;
import dev.millrace.decode.envelope.TestContext;
import dev.millrace.decode.field.WantedColumn;
import dev.millrace.decode.row.PendingRow;
import dev.millrace.decode.schema.RegisteredSchema;
import dev.millrace.decode.schema.RegisteredSchema.Kind;
import dev.millrace.decode.schema.SchemaRegistry;
import dev.millrace.table.Column;
import dev.millrace.table.ColumnType;
import dev.millrace.table.ColumnType.Decimal;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.ColumnType.Time;
import dev.millrace.table.ColumnType.Timestamp;
import dev.millrace.table.MessageFormat.Avro;
import dev.millrace.table.MessageFormat.AvroEncoding;
import dev.millrace.table.mapping.FieldChecks;
import dev.millrace.table.mapping.FieldFault;
import dev.millrace.table.mapping.FormatChecks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.message.BinaryMessageEncoder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AvroDecoderTest {
  private static final String SCHEMA =
      """
      {"type":"record","name":"Order","namespace":"shop","aliases":["old.Order"],"fields":[
       {"name":"id","type":"long"},
       {"name":"small","type":"int","default":7},
       {"name":"ratio","type":"float"},
       {"name":"price","type":"double"},
       {"name":"paid","type":"boolean"},
       {"name":"name","type":["null","string"],"default":null},
       {"name":"blob","type":"bytes"},
       {"name":"kind","type":{"type":"enum","name":"Kind","symbols":["A","B"]}},
       {"name":"amount","type":{"type":"bytes","logicalType":"decimal","precision":10,"scale":2}},
       {"name":"day","type":{"type":"int","logicalType":"date"}},
       {"name":"time","type":{"type":"int","logicalType":"time-millis"}},
       {"name":"time6","type":{"type":"long","logicalType":"time-micros"}},
       {"name":"at3","type":{"type":"long","logicalType":"timestamp-millis"}},
       {"name":"at6","type":{"type":"long","logicalType":"timestamp-micros"}},
       {"name":"at9","type":{"type":"long","logicalType":"timestamp-nanos"}},
       {"name":"local","type":{"type":"long","logicalType":"local-timestamp-micros"}},
       {"name":"uuid","type":{"type":"string","logicalType":"uuid"}},
       {"name":"uuid16","type":{"type":"fixed","name":"U","size":16,"logicalType":"uuid"}},
       {"name":"address","type":["null",{"type":"record","name":"Address","fields":[
          {"name":"city","type":"string"},{"name":"zip","type":["int","string"]}]}]},
       {"name":"tags","type":{"type":"array","items":"string"}},
       {"name":"counts","type":{"type":"map","values":"long"}}
      ]}""";

  private static final Schema ORDER = new Schema.Parser().parse(SCHEMA);
  private static final Avro FORMAT = new Avro(Optional.of(SCHEMA), AvroEncoding.BINARY);
  private static final Instant AT = Instant.parse("2024-05-31T12:34:56.123456789Z");
  private static final long MICROS = AT.getEpochSecond() * 1_000_000 + 123_456;
  private static final UUID ID = UUID.fromString("fedcba98-7654-3210-8123-456789abcdef");

  private static GenericRecord order() {
    Schema address = ORDER.getField("address").schema().getTypes().get(1);
    byte[] uuid =
        ByteBuffer.allocate(16)
            .putLong(ID.getMostSignificantBits())
            .putLong(ID.getLeastSignificantBits())
            .array();
    return new GenericRecordBuilder(ORDER)
        .set("id", 1L << 40)
        .set("small", -5)
        .set("ratio", 0.1f)
        .set("price", 12.5)
        .set("paid", true)
        .set("name", "Zoë")
        .set("blob", ByteBuffer.wrap(new byte[] {0, -1}))
        .set("kind", new GenericData.EnumSymbol(ORDER.getField("kind").schema(), "B"))
        .set("amount", ByteBuffer.wrap(new BigDecimal("-12.50").unscaledValue().toByteArray()))
        .set("day", (int) LocalDate.of(2024, 5, 31).toEpochDay())
        .set("time", 45_296_123)
        .set("time6", 45_296_123_456L)
        .set("at3", AT.toEpochMilli())
        .set("at6", MICROS)
        .set("at9", AT.getEpochSecond() * 1_000_000_000 + AT.getNano())
        .set("local", MICROS)
        .set("uuid", ID.toString())
        .set("uuid16", new GenericData.Fixed(ORDER.getField("uuid16").schema(), uuid))
        .set(
            "address",
            new GenericRecordBuilder(address).set("city", "Ulm \"x\"").set("zip", 89073).build())
        .set("tags", List.of("a", "b"))
        .set("counts", Map.of("x", 1L))
        .build();
  }

  private static byte[] encode(GenericRecord value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    try {
      new GenericDatumWriter<GenericRecord>(value.getSchema()).write(value, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  private static @Nullable Object value(ColumnType type, String path) {
    RecordedRows rows =
        TestRecords.decode(FORMAT, record(encode(order())), mapped("v", type, path));
    assertThat(rows.errors()).isEmpty();
    return rows.values().get(0).get(0);
  }

  private static String fault(ColumnType type, String path) {
    RecordedRows rows =
        TestRecords.decode(FORMAT, record(encode(order())), mapped("v", type, path));
    assertThat(rows.values().get(0).get(0)).isNull();
    return rows.errors().get(0);
  }

  @Test
  void numbers_haveTheRulesOfJson() {
    assertThat(value(Plain.BIGINT, "id")).isEqualTo(1L << 40);
    assertThat(value(Plain.DOUBLE, "id")).isEqualTo((double) (1L << 40));
    assertThat(value(new Decimal(20, 1), "id")).isEqualTo(new BigDecimal("1099511627776.0"));
    assertThat(value(Plain.VARCHAR, "id")).isEqualTo("1099511627776");
    assertThat(fault(Plain.INTEGER, "id"))
        .isEqualTo(
            "column v (INTEGER): '1099511627776' is out of range; allowed: -2147483648 to"
                + " 2147483647");
    assertThat(fault(Plain.BOOLEAN, "small")).endsWith("'-5' is not true or false");
    assertThat(value(Plain.REAL, "ratio")).isEqualTo((double) 0.1f);
    assertThat(value(new Decimal(3, 2), "ratio")).isEqualTo(new BigDecimal("0.10"));
    assertThat(value(Plain.VARCHAR, "ratio")).isEqualTo("0.1");
    assertThat(fault(Plain.BIGINT, "price")).endsWith("'12.5' is not whole");
    assertThat(value(Plain.BOOLEAN, "paid")).isEqualTo(true);
    assertThat(fault(Plain.BIGINT, "paid")).endsWith("true is not a whole number");
    assertThat(value(new Decimal(10, 2), "amount")).isEqualTo(new BigDecimal("-12.50"));
    assertThat(value(Plain.DOUBLE, "amount")).isEqualTo(-12.5);
    assertThat(value(Plain.VARCHAR, "amount")).isEqualTo("-12.50");
    assertThat(fault(new Decimal(10, 0), "amount")).endsWith("has more than 0 decimals");
  }

  @Test
  void textAndBytes_areWhatTheyAre() {
    assertThat(value(Plain.VARCHAR, "name")).isEqualTo("Zoë");
    assertThat(value(Plain.JSON, "name")).isEqualTo("\"Zoë\"");
    assertThat(value(Plain.VARCHAR, "kind")).isEqualTo("B");
    assertThat(value(Plain.VARBINARY, "blob")).isEqualTo(List.of((byte) 0, (byte) -1));
    assertThat(value(Plain.VARCHAR, "blob")).isEqualTo("AP8=");
    assertThat(value(Plain.UUID, "uuid")).isEqualTo(ID);
    assertThat(value(Plain.UUID, "uuid16")).isEqualTo(ID);
    assertThat(value(Plain.VARCHAR, "uuid16")).isEqualTo(ID.toString());
    assertThat(fault(Plain.BIGINT, "name")).endsWith("'Zoë' is not a whole number");
  }

  @Test
  void times_areKnownByTheirLogicalTypes() {
    assertThat(value(Plain.DATE, "day")).isEqualTo(LocalDate.of(2024, 5, 31));
    assertThat(value(Plain.VARCHAR, "day")).isEqualTo("2024-05-31");
    assertThat(value(new Time(3), "time")).isEqualTo(LocalTime.parse("12:34:56.123"));
    assertThat(value(new Time(6), "time6")).isEqualTo(LocalTime.parse("12:34:56.123456"));
    assertThat(value(new Timestamp(3), "at3")).isEqualTo(Instant.parse("2024-05-31T12:34:56.123Z"));
    assertThat(value(new Timestamp(6), "at6"))
        .isEqualTo(Instant.parse("2024-05-31T12:34:56.123456Z"));
    assertThat(value(new Timestamp(9), "at9")).isEqualTo(AT);
    assertThat(value(new Timestamp(0), "local")).isEqualTo(Instant.parse("2024-05-31T12:34:56Z"));
    assertThat(value(Plain.DATE, "at9")).isEqualTo(LocalDate.of(2024, 5, 31));
    assertThat(value(new Timestamp(3), "day")).isEqualTo(Instant.parse("2024-05-31T00:00:00Z"));
    assertThat(value(Plain.BIGINT, "at3")).isEqualTo(AT.toEpochMilli());
    assertThat(value(Plain.VARCHAR, "at3")).isEqualTo("2024-05-31T12:34:56.123Z");
    assertThat(fault(new Timestamp(3), "time")).contains("'12:34:56.123' is not an ISO 8601");
    assertThat(fault(new Timestamp(3), "id")).contains("is a number; to read it set dataFormat");
  }

  @Test
  void timeFormats_applyToPlainNumbers() {
    RecordedRows rows =
        TestRecords.decode(
            FORMAT,
            record(encode(order())),
            TestRecords.formatted("t", new Timestamp(0), "small", "seconds-since-epoch"));
    assertThat(rows.values().get(0)).containsExactly(Instant.ofEpochSecond(-5));
  }

  @Test
  void paths_leadIntoRecordsArraysAndMaps() {
    assertThat(value(Plain.VARCHAR, "address/city")).isEqualTo("Ulm \"x\"");
    assertThat(value(Plain.INTEGER, "address/zip")).isEqualTo(89073L);
    assertThat(value(Plain.VARCHAR, "tags[1]")).isEqualTo("b");
    assertThat(value(Plain.VARCHAR, "tags[2]")).isNull();
    assertThat(value(Plain.BIGINT, "counts/x")).isEqualTo(1L);
    assertThat(value(Plain.BIGINT, "counts/y")).isNull();
  }

  @Test
  void valuesWithParts_areTheirJson() {
    assertThat(value(Plain.VARCHAR, "address"))
        .isEqualTo("{\"city\":\"Ulm \\\"x\\\"\",\"zip\":89073}");
    assertThat(value(Plain.JSON, "tags")).isEqualTo("[\"a\",\"b\"]");
    assertThat(value(Plain.JSON, "counts")).isEqualTo("{\"x\":1}");
    assertThat(value(Plain.JSON, "amount")).isEqualTo("-12.50");
    assertThat(value(Plain.JSON, "at3")).isEqualTo("\"2024-05-31T12:34:56.123Z\"");
    assertThat(value(Plain.JSON, "blob")).isEqualTo("\"AP8=\"");
    assertThat(fault(Plain.BIGINT, "address")).endsWith("an object is not a whole number");
  }

  @Test
  void fewerColumns_haveTheSameValues() {
    List<Column> all = new ArrayList<>();
    ORDER.getFields().forEach(field -> all.add(column(field.name(), Plain.VARCHAR)));
    byte[] bytes = encode(order());
    List<@Nullable Object> whole =
        TestRecords.decode(FORMAT, record(bytes), all.toArray(Column[]::new)).values().get(0);
    for (int i = 0; i < all.size(); i++) {
      int other = (i + 7) % all.size();
      RecordedRows some = TestRecords.decode(FORMAT, record(bytes), all.get(other), all.get(i));
      assertThat(some.errors()).isEmpty();
      assertThat(some.values().get(0)).isEqualTo(Arrays.asList(whole.get(other), whole.get(i)));
    }
  }

  @Test
  void singleObject_isCheckedByItsFingerprint() throws IOException {
    Avro format = new Avro(Optional.of(SCHEMA), AvroEncoding.SINGLE_OBJECT);
    ByteBuffer encoded =
        new BinaryMessageEncoder<GenericRecord>(new GenericData(), ORDER).encode(order());
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    Column id = column("id", Plain.BIGINT);
    assertThat(TestRecords.decode(format, record(bytes), id).values().get(0))
        .containsExactly(1L << 40);
    bytes[5]++;
    assertThat(TestRecords.decode(format, record(bytes), id).errors().get(0))
        .startsWith("the message was written with the schema of fingerprint ");
    bytes[1]++;
    assertThat(TestRecords.decode(format, record(bytes), id).errors().get(0))
        .startsWith("the message does not begin with the bytes C3 01");
  }

  private static RecordedRows registered(
      Avro format, SchemaRegistry registry, byte[] message, Column... columns) {
    List<WantedColumn> wanted = new ArrayList<>();
    for (int i = 0; i < columns.length; i++) {
      wanted.add(new WantedColumn(columns[i], i));
    }
    RecordedRows rows = new RecordedRows(columns.length);
    PendingRow row = new PendingRow(rows, columns.length);
    row.begin();
    String reason =
        new AvroDecoder(format, wanted, TestContext.ofSchema(ID), registry)
            .decode(message, 0, message.length, row);
    if (reason == null) {
      row.commit();
    } else {
      row.reject(reason);
    }
    return rows;
  }

  @Test
  void registeredSchema_isTheWritersOne() {
    Schema older =
        new Schema.Parser()
            .parse(
                """
                {"type":"record","name":"Order","namespace":"old","fields":[
                 {"name":"price","type":"float"},{"name":"gone","type":"string"},
                 {"name":"id","type":"int"}]}""");
    byte[] message =
        encode(
            new GenericRecordBuilder(older)
                .set("price", 1.5f)
                .set("gone", "x")
                .set("id", 17)
                .build());
    SchemaRegistry registry = version -> new RegisteredSchema(Kind.AVRO, older.toString());
    Column[] columns = {
      column("id", Plain.BIGINT), column("price", Plain.DOUBLE), column("small", Plain.INTEGER)
    };
    RecordedRows evolved = registered(FORMAT, registry, message, columns);
    assertThat(evolved.errors()).isEmpty();
    assertThat(evolved.values().get(0)).containsExactly(17L, 1.5, 7L);
    RecordedRows asWritten =
        registered(new Avro(Optional.empty(), AvroEncoding.BINARY), registry, message, columns);
    assertThat(asWritten.values().get(0)).containsExactly(17L, 1.5, null);
  }

  @Test
  void schemaThatCannotBeHad_isAReason() {
    byte[] message = encode(order());
    Column id = column("id", Plain.BIGINT);
    assertThat(registered(FORMAT, SchemaRegistry.NONE, message, id).errors())
        .containsExactly(
            "the message names schema version " + ID + " and no schema registry is set up here");
    assertThat(
            registered(FORMAT, v -> new RegisteredSchema(Kind.PROTOBUF, "x"), message, id).errors())
        .containsExactly(
            "schema version " + ID + " is of PROTOBUF, the definition's format is avro");
    assertThat(
            registered(FORMAT, v -> new RegisteredSchema(Kind.AVRO, "{"), message, id)
                .errors()
                .get(0))
        .startsWith("schema version " + ID + " cannot be used: ");
    Avro none = new Avro(Optional.empty(), AvroEncoding.BINARY);
    assertThat(TestRecords.decode(none, record(message), id).errors().get(0))
        .startsWith("the message names no registered schema and the definition has none");
  }

  @Test
  void damagedBytes_areRowsOrReasons() {
    Column[] columns = {
      column("id", Plain.BIGINT),
      column("name", Plain.VARCHAR),
      column("at9", new Timestamp(3)),
      column("time", new Time(3)),
      column("day", Plain.DATE),
      column("amount", new Decimal(10, 2)),
      column("uuid16", Plain.UUID),
      column("address", Plain.JSON),
      column("tags", Plain.VARCHAR),
      mapped("x", Plain.BIGINT, "counts/x")
    };
    HostileBytes.feed(FORMAT, encode(order()), columns);
    HostileBytes.feed(FORMAT, encode(order()), columns[1], columns[8]);
  }

  @Test
  void itemsWithoutBytes_areBounded() {
    String nulls =
        "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":"
            + "{\"type\":\"array\",\"items\":\"null\"}},{\"name\":\"b\",\"type\":\"int\"}]}";
    Avro format = new Avro(Optional.of(nulls), AvroEncoding.BINARY);
    byte[] billions = {(byte) 0xFE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F, 0, 2};
    for (String name : List.of("a", "b")) {
      assertThat(
              TestRecords.decode(format, record(billions), column(name, Plain.VARCHAR))
                  .errors()
                  .get(0))
          .endsWith("it has more items than bytes");
    }
  }

  /**
   * Otherwise a message could be read where many of its fields are wanted, and not where few are.
   */
  @Test
  void bytesThatABlockSaysItHas_areNotBelievedWhereItIsPassedOver() {
    String schema =
        "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":"
            + "{\"type\":\"array\",\"items\":\"int\"}},{\"name\":\"b\",\"type\":\"int\"}]}";
    Avro format = new Avro(Optional.of(schema), AvroEncoding.BINARY);
    byte[] message = {3, 100, 2, 4, 0, 6}; // A block of two items and, as it says, 50 bytes.
    assertThat(
            TestRecords.decode(format, record(message), column("b", Plain.INTEGER)).values().get(0))
        .containsExactly(3L);
  }

  @Test
  void endlessDepth_isAReason() {
    String list =
        "{\"type\":\"record\",\"name\":\"L\",\"fields\":[{\"name\":\"v\",\"type\":\"int\"},"
            + "{\"name\":\"next\",\"type\":[\"null\",\"L\"]}]}";
    Avro format = new Avro(Optional.of(list), AvroEncoding.BINARY);
    byte[] deep = new byte[1 << 20];
    Arrays.fill(deep, (byte) 2);
    for (String name : List.of("v", "next")) {
      assertThat(
              TestRecords.decode(format, record(deep), column(name, Plain.VARCHAR)).errors().get(0))
          .endsWith("records are more than 200 levels deep");
    }
    assertThat(
            TestRecords.decode(
                    format, record(new byte[] {2, 2, 4, 0}), column("next", Plain.VARCHAR))
                .values()
                .get(0))
        .containsExactly("{\"v\":2,\"next\":null}");
  }

  @Test
  void moreBytes_areTold() {
    byte[] bytes = Arrays.copyOf(encode(order()), encode(order()).length + 3);
    RecordedRows rows = TestRecords.decode(FORMAT, record(bytes), column("small", Plain.INTEGER));
    assertThat(rows.values().get(0)).containsExactly(-5L);
    assertThat(rows.errors().get(0)).startsWith("3 bytes follow the Avro value");
  }

  @Test
  void textThatIsNotUtf8_isABadValue() {
    byte[] bytes = encode(order());
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    bytes[text.indexOf("Zo")] = (byte) 0xFF;
    RecordedRows rows =
        TestRecords.decode(
            FORMAT, record(bytes), column("name", Plain.VARCHAR), column("id", Plain.BIGINT));
    assertThat(rows.values().get(0)).containsExactly(null, 1L << 40);
    assertThat(rows.errors()).containsExactly("column name (VARCHAR): the text is not valid UTF-8");
  }

  @Test
  void mappings_areCheckedAgainstTheSchema() {
    Column good = mapped("a", Plain.VARCHAR, "address/zip");
    assertThat(FieldChecks.faults(FORMAT, good)).isEmpty();
    for (String path : List.of("nowhere", "address/street", "tags/x", "id/x", "address[0]")) {
      assertThat(FieldChecks.faults(FORMAT, mapped("a", Plain.VARCHAR, path)))
          .extracting(FieldFault::key)
          .containsExactly("mapping");
    }
    Avro broken = new Avro(Optional.of("{\"type\":\"nothing\"}"), AvroEncoding.BINARY);
    assertThat(FormatChecks.faults(broken)).extracting(FieldFault::key).containsExactly("schema");
    assertThat(FieldChecks.faults(broken, good)).isEmpty();
  }
}
