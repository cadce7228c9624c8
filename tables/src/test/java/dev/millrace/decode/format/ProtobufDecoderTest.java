package dev.millrace.decode.format;

import static dev.millrace.decode.TestRecords.column;
import static dev.millrace.decode.TestRecords.mapped;
import static dev.millrace.decode.TestRecords.record;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Int32Value;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UnknownFieldSet;
import dev.millrace.decode.RecordedRows;
import dev.millrace.decode.TestRecords;
import dev.millrace.decode.envelope.TestContext;
import dev.millrace.decode.field.WantedColumn;
import dev.millrace.decode.row.PendingRow;
import dev.millrace.table.Column;
import dev.millrace.table.ColumnType;
import dev.millrace.table.ColumnType.Decimal;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.DescriptorSet;
import dev.millrace.table.MessageFormat.Protobuf;
import dev.millrace.table.mapping.FieldChecks;
import dev.millrace.table.mapping.FieldFault;
import dev.millrace.table.mapping.FormatChecks;
import dev.millrace.table.mapping.ProtobufTypes;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProtobufDecoderTest {
  private static final Protobuf FORMAT = new Protobuf(new DescriptorSet(set()), "shop.Order");
  private static final Descriptor ORDER = ProtobufTypes.find(FORMAT);

  private static FieldDescriptorProto.Builder field(
      String name, int number, FieldDescriptorProto.Type type) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(number)
        .setType(type)
        .setLabel(Label.LABEL_OPTIONAL);
  }

  private static FieldDescriptorProto.Builder message(String name, int number, String type) {
    return field(name, number, FieldDescriptorProto.Type.TYPE_MESSAGE).setTypeName(type);
  }

  private static byte[] set() {
    DescriptorProto counts =
        DescriptorProto.newBuilder()
            .setName("CountsEntry")
            .setOptions(MessageOptions.newBuilder().setMapEntry(true))
            .addField(field("key", 1, FieldDescriptorProto.Type.TYPE_STRING))
            .addField(field("value", 2, FieldDescriptorProto.Type.TYPE_INT64))
            .build();
    DescriptorProto order =
        DescriptorProto.newBuilder()
            .setName("Order")
            .addField(field("id", 1, FieldDescriptorProto.Type.TYPE_INT64))
            .addField(field("big", 2, FieldDescriptorProto.Type.TYPE_UINT64))
            .addField(field("small", 3, FieldDescriptorProto.Type.TYPE_UINT32))
            .addField(field("ratio", 4, FieldDescriptorProto.Type.TYPE_FLOAT))
            .addField(field("price", 5, FieldDescriptorProto.Type.TYPE_DOUBLE))
            .addField(field("paid", 6, FieldDescriptorProto.Type.TYPE_BOOL))
            .addField(field("name", 7, FieldDescriptorProto.Type.TYPE_STRING))
            .addField(field("blob", 8, FieldDescriptorProto.Type.TYPE_BYTES))
            .addField(
                field("kind", 9, FieldDescriptorProto.Type.TYPE_ENUM).setTypeName(".shop.Kind"))
            .addField(message("at", 10, ".google.protobuf.Timestamp"))
            .addField(message("boxed", 11, ".google.protobuf.Int32Value"))
            .addField(message("address", 12, ".shop.Address"))
            .addField(
                field("tags", 13, FieldDescriptorProto.Type.TYPE_STRING)
                    .setLabel(Label.LABEL_REPEATED))
            .addField(
                message("counts", 14, ".shop.Order.CountsEntry").setLabel(Label.LABEL_REPEATED))
            .addField(field("left", 15, FieldDescriptorProto.Type.TYPE_INT32).setOneofIndex(0))
            .addField(field("right", 16, FieldDescriptorProto.Type.TYPE_INT32).setOneofIndex(0))
            .addField(
                field("maybe", 17, FieldDescriptorProto.Type.TYPE_INT32)
                    .setOneofIndex(1)
                    .setProto3Optional(true))
            .addField(message("self", 18, ".shop.Order"))
            .addField(message("addresses", 19, ".shop.Address").setLabel(Label.LABEL_REPEATED))
            .addOneofDecl(OneofDescriptorProto.newBuilder().setName("side"))
            .addOneofDecl(OneofDescriptorProto.newBuilder().setName("_maybe"))
            .addNestedType(counts)
            .build();
    FileDescriptorProto file =
        FileDescriptorProto.newBuilder()
            .setName("shop.proto")
            .setPackage("shop")
            .setSyntax("proto3")
            .addDependency("google/protobuf/timestamp.proto")
            .addDependency("google/protobuf/wrappers.proto")
            .addMessageType(order)
            .addMessageType(
                DescriptorProto.newBuilder()
                    .setName("Address")
                    .addField(field("city", 1, FieldDescriptorProto.Type.TYPE_STRING)))
            .addEnumType(
                EnumDescriptorProto.newBuilder()
                    .setName("Kind")
                    .addValue(EnumValueDescriptorProto.newBuilder().setName("NONE").setNumber(0))
                    .addValue(EnumValueDescriptorProto.newBuilder().setName("GIFT").setNumber(3)))
            .build();
    return FileDescriptorSet.newBuilder().addFile(file).build().toByteArray();
  }

  private static FieldDescriptor of(String name) {
    FieldDescriptor field = ORDER.findFieldByName(name);
    assertThat(field).isNotNull();
    return field;
  }

  private static DynamicMessage.Builder order() {
    Descriptor address = of("address").getMessageType();
    DynamicMessage ulm =
        DynamicMessage.newBuilder(address).setField(address.findFieldByName("city"), "Ulm").build();
    Descriptor entry = of("counts").getMessageType();
    return DynamicMessage.newBuilder(ORDER)
        .setField(of("id"), -(1L << 40))
        .setField(of("big"), -1L)
        .setField(of("small"), -1)
        .setField(of("ratio"), 0.1f)
        .setField(of("price"), 12.5)
        .setField(of("paid"), true)
        .setField(of("name"), "Zoë")
        .setField(of("blob"), ByteString.copyFrom(new byte[] {0, -1}))
        .setField(of("kind"), of("kind").getEnumType().findValueByName("GIFT"))
        .setField(of("at"), Timestamp.newBuilder().setSeconds(1717158896).setNanos(5).build())
        .setField(of("boxed"), Int32Value.of(9))
        .setField(of("address"), ulm)
        .addRepeatedField(of("tags"), "a")
        .addRepeatedField(of("tags"), "b")
        .addRepeatedField(of("addresses"), ulm)
        .addRepeatedField(
            of("counts"),
            DynamicMessage.newBuilder(entry)
                .setField(entry.findFieldByNumber(1), "x")
                .setField(entry.findFieldByNumber(2), 1L)
                .build())
        .setField(of("left"), 4);
  }

  private static RecordedRows decode(byte[] message, Column... columns) {
    return TestRecords.decode(FORMAT, record(message), columns);
  }

  private static @Nullable Object value(ColumnType type, String path) {
    RecordedRows rows = decode(order().build().toByteArray(), mapped("v", type, path));
    assertThat(rows.errors()).isEmpty();
    return rows.values().get(0).get(0);
  }

  private static String fault(ColumnType type, String path) {
    return decode(order().build().toByteArray(), mapped("v", type, path)).errors().get(0);
  }

  @Test
  void numbers_haveTheRulesOfJson() {
    assertThat(value(Plain.BIGINT, "id")).isEqualTo(-(1L << 40));
    assertThat(fault(Plain.INTEGER, "id")).contains("'-1099511627776' is out of range");
    assertThat(value(new Decimal(20, 0), "big")).isEqualTo(new BigDecimal("18446744073709551615"));
    assertThat(fault(Plain.BIGINT, "big")).contains("'18446744073709551615' is out of range");
    assertThat(value(Plain.BIGINT, "small")).isEqualTo(4294967295L);
    assertThat(value(Plain.REAL, "ratio")).isEqualTo((double) 0.1f);
    assertThat(value(Plain.VARCHAR, "ratio")).isEqualTo("0.1");
    assertThat(value(Plain.DOUBLE, "price")).isEqualTo(12.5);
    assertThat(value(Plain.BOOLEAN, "paid")).isEqualTo(true);
  }

  @Test
  void textBytesAndEnums_areWhatTheyAre() {
    assertThat(value(Plain.VARCHAR, "name")).isEqualTo("Zoë");
    assertThat(value(Plain.JSON, "name")).isEqualTo("\"Zoë\"");
    assertThat(value(Plain.VARBINARY, "blob")).isEqualTo(List.of((byte) 0, (byte) -1));
    assertThat(value(Plain.VARCHAR, "kind")).isEqualTo("GIFT");
    assertThat(value(Plain.INTEGER, "kind")).isEqualTo(3L);
    byte[] unknown =
        DynamicMessage.newBuilder(ORDER)
            .setUnknownFields(
                UnknownFieldSet.newBuilder()
                    .addField(9, UnknownFieldSet.Field.newBuilder().addVarint(77).build())
                    .build())
            .build()
            .toByteArray();
    assertThat(decode(unknown, column("kind", Plain.VARCHAR)).values().get(0))
        .containsExactly("77");
  }

  @Test
  void wellKnownTypes_areTheirValues() {
    assertThat(value(new ColumnType.Timestamp(9), "at"))
        .isEqualTo(Instant.ofEpochSecond(1717158896, 5));
    assertThat(value(Plain.VARCHAR, "at")).isEqualTo("2024-05-31T12:34:56.000000005Z");
    assertThat(value(Plain.BIGINT, "at/seconds")).isEqualTo(1717158896L);
    assertThat(value(Plain.INTEGER, "boxed")).isEqualTo(9L);
    assertThat(value(Plain.JSON, "boxed")).isEqualTo("9");
  }

  @Test
  void paths_leadIntoMessagesRepeatedFieldsAndMaps() {
    assertThat(value(Plain.VARCHAR, "address/city")).isEqualTo("Ulm");
    assertThat(value(Plain.VARCHAR, "addresses[0]/city")).isEqualTo("Ulm");
    assertThat(value(Plain.VARCHAR, "tags[1]")).isEqualTo("b");
    assertThat(value(Plain.VARCHAR, "tags[2]")).isNull();
    assertThat(value(Plain.BIGINT, "counts/x")).isEqualTo(1L);
    assertThat(value(Plain.BIGINT, "counts/y")).isNull();
  }

  @Test
  void valuesWithParts_areTheirJson() {
    assertThat(value(Plain.VARCHAR, "address")).isEqualTo("{\"city\":\"Ulm\"}");
    assertThat(value(Plain.VARCHAR, "addresses[0]")).isEqualTo("{\"city\":\"Ulm\"}");
    assertThat(value(Plain.JSON, "tags")).isEqualTo("[\"a\",\"b\"]");
    assertThat(value(Plain.JSON, "counts")).isEqualTo("{\"x\":1}");
    assertThat(fault(Plain.BIGINT, "tags")).endsWith("an array is not a whole number");
  }

  @Test
  void whatIsNotSet_isNullWherePresenceIsKnownAndTheDefaultElsewhere() {
    RecordedRows rows =
        decode(
            new byte[0],
            column("id", Plain.BIGINT),
            column("name", Plain.VARCHAR),
            column("kind", Plain.VARCHAR),
            column("at", new ColumnType.Timestamp(3)),
            column("boxed", Plain.INTEGER),
            column("maybe", Plain.INTEGER),
            column("left", Plain.INTEGER),
            column("tags", Plain.VARCHAR));
    assertThat(rows.values().get(0)).containsExactly(0L, "", "NONE", null, null, null, null, "[]");
  }

  @Test
  void oneof_isTheLastOne() {
    byte[] both = {0x78, 4, (byte) 0x80, 1, 5};
    assertThat(decode(both, column("left", Plain.INTEGER)).values().get(0))
        .containsExactly((Object) null);
    assertThat(decode(both, column("right", Plain.INTEGER)).values().get(0)).containsExactly(5L);
  }

  @Test
  void fewerColumns_haveTheSameValues() {
    List<Column> all = new ArrayList<>();
    ORDER.getFields().forEach(field -> all.add(column(field.getName(), Plain.VARCHAR)));
    byte[] bytes = order().build().toByteArray();
    List<@Nullable Object> whole = decode(bytes, all.toArray(Column[]::new)).values().get(0);
    for (int i = 0; i < all.size(); i++) {
      int other = (i + 7) % all.size();
      assertThat(decode(bytes, all.get(other), all.get(i)).values().get(0))
          .isEqualTo(Arrays.asList(whole.get(other), whole.get(i)));
    }
  }

  @Test
  void glueHeader_namesTheTypeByNumber() {
    byte[] message = order().build().toByteArray();
    byte[] numbered = new byte[message.length + 1];
    System.arraycopy(message, 0, numbered, 1, message.length);
    numbered[0] = 1; // shop.Address, shop.Order, shop.Order.CountsEntry
    assertThat(registered(numbered).values().get(0)).containsExactly("Zoë");
    numbered[0] = 0;
    assertThat(registered(numbered).errors().get(0))
        .startsWith("the message is of the type with number 0 in its schema, shop.Order has 1");
  }

  private static RecordedRows registered(byte[] message) {
    RecordedRows rows = new RecordedRows(1);
    PendingRow row = new PendingRow(rows, 1);
    row.begin();
    String reason =
        new ProtobufDecoder(
                FORMAT,
                List.of(new WantedColumn(column("name", Plain.VARCHAR), 0)),
                TestContext.ofSchema(new UUID(1, 2)))
            .decode(message, 0, message.length, row);
    if (reason == null) {
      row.commit();
    } else {
      row.reject(reason);
    }
    return rows;
  }

  @Test
  void damagedBytes_areRowsOrReasons() {
    Column[] columns = {
      column("id", Plain.BIGINT),
      column("name", Plain.VARCHAR),
      column("at", new ColumnType.Timestamp(3)),
      column("kind", Plain.VARCHAR),
      column("address", Plain.JSON),
      mapped("x", Plain.BIGINT, "counts/x"),
      mapped("city", Plain.VARCHAR, "addresses[0]/city")
    };
    HostileBytes.feed(FORMAT, order().build().toByteArray(), columns);
  }

  @Test
  void depthAndNumberOfFields_areBounded() {
    byte[] deep = new byte[0];
    for (int i = 0; i < 300; i++) {
      deep =
          DynamicMessage.newBuilder(ORDER)
              .setUnknownFields(
                  UnknownFieldSet.newBuilder()
                      .addField(
                          18,
                          UnknownFieldSet.Field.newBuilder()
                              .addLengthDelimited(ByteString.copyFrom(deep))
                              .build())
                      .build())
              .build()
              .toByteArray();
    }
    assertThat(decode(deep, column("self", Plain.VARCHAR)).errors().get(0))
        .startsWith("the Protobuf message is broken or of another type: ");
    byte[] many = new byte[3_300_000];
    for (int i = 0; i < many.length; i += 3) {
      many[i] = (byte) 0x9A; // addresses, an empty message each
      many[i + 1] = 1;
    }
    assertThat(decode(many, column("addresses", Plain.VARCHAR)).errors().get(0))
        .endsWith("it has more than 1000000 fields");
    assertThat(decode(many, column("id", Plain.BIGINT)).errors()).isEmpty();
  }

  @Test
  void definitions_areChecked() {
    assertThat(FormatChecks.faults(FORMAT)).isEmpty();
    assertThat(FormatChecks.faults(new Protobuf(new DescriptorSet(set()), "shop.Nothing")))
        .containsExactly(
            new FieldFault(
                "messageType",
                "the descriptor set has no message 'shop.Nothing'. It has: shop.Address,"
                    + " shop.Order"));
    assertThat(
            FormatChecks.faults(
                new Protobuf(new DescriptorSet(new byte[] {1, 2, 3}), "shop.Order")))
        .extracting(FieldFault::key)
        .containsExactly("descriptorSet");
    assertThat(FieldChecks.faults(FORMAT, mapped("a", Plain.VARCHAR, "addresses[0]/city")))
        .isEmpty();
    for (String path : List.of("nowhere", "address/street", "tags/x", "id/x", "address[0]")) {
      assertThat(FieldChecks.faults(FORMAT, mapped("a", Plain.VARCHAR, path)))
          .extracting(FieldFault::key)
          .containsExactly("mapping");
    }
  }
}
