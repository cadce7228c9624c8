package dev.millrace.infer;

import static dev.millrace.infer.Samples.bytes;
import static dev.millrace.infer.Samples.gzip;
import static dev.millrace.infer.Samples.infer;
import static dev.millrace.infer.Samples.record;
import static dev.millrace.infer.Samples.records;
import static dev.millrace.infer.Samples.types;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.millrace.decode.schema.RegisteredSchema;
import dev.millrace.stream.StreamRef;
import dev.millrace.stream.UserRecord;
import dev.millrace.table.Column;
import dev.millrace.table.Compression;
import dev.millrace.table.Envelope;
import dev.millrace.table.MessageFormat;
import dev.millrace.table.TableName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

class InferenceTest {

  @Test
  void jsonInGzipInAggregates_isNamedFromTheInsideOut() {
    List<UserRecord> sample = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      sample.add(record(7, i, gzip(bytes("{\"id\":" + i + ",\"item\":\"mill\"}"))));
    }
    Inferred inferred = infer(sample);
    assertThat(inferred.report().what()).isEqualTo("JSON in gzip in KPL");
    assertThat(inferred.definition().message().compression()).isEqualTo(Compression.GZIP);
    assertThat(inferred.definition().message().envelopes()).isEmpty();
    assertThat(types(inferred)).containsExactly(entry("id", "BIGINT"), entry("item", "VARCHAR"));
    assertThat(inferred.report().conflicts()).isEmpty();
    assertThat(inferred.report().rows()).isEqualTo(10);
  }

  @Test
  void someAreCompressed_eachTellsByItself() {
    Inferred inferred =
        infer(records(List.of(gzip(bytes("{\"a\":1}")), bytes("{\"a\":2}"), bytes("{\"a\":3}"))));
    assertThat(inferred.definition().message().compression()).isEqualTo(Compression.AUTOMATIC);
    assertThat(inferred.report().rows()).isEqualTo(3);
    assertThat(inferred.report().conflicts()).isEmpty();
  }

  @Test
  void severalObjectsInARecord_areJsonLines() {
    Inferred inferred = infer("{\"a\":1}{\"a\":2}", "{\"a\":3}\n{\"a\":4}\n", "{\"a\":5}");
    assertThat(inferred.definition().message().envelopes())
        .containsExactly(new Envelope.JsonLines());
    assertThat(inferred.report().rows()).isEqualTo(5);
  }

  @Test
  void valuesOfOneKind_decideTheType() {
    Inferred inferred =
        infer(
            """
            {"on":true,"n":1,"big":18446744073709551616,"x":1.5,"mix":2,"day":"2024-05-31",
             "seen":"2024-05-31T12:00:00.1234Z","local":"2024-05-31 12:00:00",
             "key":"123e4567-e89b-12d3-a456-426614174000","digits":"12","none":null}
            """,
            """
            {"on":null,"n":9223372036854775807,"big":1,"x":2,"mix":2.5,"day":null,
             "seen":"2024-05-31T12:00:00+02:00","local":"2024-05-31T12:00:00.5"}
            """);
    assertThat(types(inferred))
        .containsExactly(
            entry("on_", "BOOLEAN"),
            entry("n", "BIGINT"),
            entry("big", "DECIMAL(38,0)"),
            entry("x", "DOUBLE"),
            entry("mix", "DOUBLE"),
            entry("day", "DATE"),
            entry("seen", "TIMESTAMP(6) WITH TIME ZONE"),
            entry("local", "TIMESTAMP(3)"),
            entry("key", "UUID"),
            entry("digits", "VARCHAR"),
            entry("none", "VARCHAR"));
    assertThat(inferred.report().conflicts()).isEmpty();
  }

  @Test
  void numbersNamedLikeTimes_areTimesInThisCenturyOnly() {
    Inferred inferred =
        infer(
            "{\"created_at\":1717156800,\"ts_ms\":1717156800123,\"time_taken\":12,"
                + "\"orderNumber\":1717156800,\"eventTime\":1717156800.25,"
                + "\"creationDateTime\":1717156800123456}");
    assertThat(types(inferred))
        .containsExactly(
            entry("created_at", "TIMESTAMP(3) WITH TIME ZONE"),
            entry("ts_ms", "TIMESTAMP(3) WITH TIME ZONE"),
            entry("time_taken", "BIGINT"),
            entry("order_number", "BIGINT"),
            entry("event_time", "TIMESTAMP(3) WITH TIME ZONE"),
            entry("creation_date_time", "TIMESTAMP(6) WITH TIME ZONE"));
    assertThat(inferred.definition().columns())
        .extracting(column -> column.dataFormat().orElse(""))
        .containsExactly(
            "seconds-since-epoch",
            "milliseconds-since-epoch",
            "",
            "",
            "seconds-since-epoch",
            "microseconds-since-epoch");
  }

  @Test
  void kindsThatDoNotGoTogether_areTextAndReported() {
    List<byte[]> payloads = new ArrayList<>();
    for (int i = 0; i < 39; i++) {
      payloads.add(bytes("{\"id\":" + i + "}"));
    }
    payloads.add(bytes("{\"id\":\"x\"}"));
    Inferred inferred = infer(records(payloads));
    assertThat(types(inferred)).containsExactly(entry("id", "VARCHAR"));
    assertThat(inferred.report().conflicts())
        .singleElement()
        .satisfies(
            conflict -> {
              assertThat(conflict.subject()).isEqualTo("id");
              assertThat(conflict.detail()).isEqualTo("97.5 % whole numbers, 2.5 % text");
              assertThat(conflict.outcome()).isEqualTo("VARCHAR");
              assertThat(conflict.example()).isEqualTo("x");
              assertThat(conflict.record().digits()).isEqualTo("1039");
            });
  }

  @Test
  void scalarsBesideObjects_areJson() {
    assertThat(types(infer("{\"a\":1}", "{\"a\":{\"b\":2}}"))).containsEntry("a", "JSON");
  }

  @Test
  void objectsInside_areColumnsNamedByTheirPath() {
    Inferred inferred =
        infer("{\"user\":{\"firstName\":\"Ada\",\"ID\":7},\"a_b\":1,\"a\":{\"b\":2}}");
    assertThat(inferred.definition().columns())
        .extracting(Column::name)
        .containsExactly("user_first_name", "user_id", "a_b", "a_b_2");
    assertThat(inferred.definition().columns())
        .extracting(column -> column.mapping().orElse(""))
        .containsExactly("user/firstName", "user/ID", "", "a/b");
  }

  @Test
  void namesThatNoPathNames_areCounted() {
    assertThat(infer("{\"a\":1,\"b/c\":2}").report().notes())
        .singleElement()
        .asString()
        .startsWith("1 member of");
    assertThat(infer("{\"a\":1,\"b/c\":2,\"[d]\":3}").report().notes())
        .singleElement()
        .asString()
        .startsWith("2 members of");
  }

  @Test
  void moreColumnsThanAllowed_foldTheLargestObjects() {
    StringBuilder json = new StringBuilder("{\"id\":1,\"small\":{\"x\":1},\"large\":{");
    for (int i = 0; i < 300; i++) {
      json.append(i == 0 ? "" : ",").append("\"name").append((char) ('a' + i % 26)).append('_');
      json.append(i).append("\":").append(i);
    }
    Inferred inferred = infer(json.append("}}").toString());
    assertThat(types(inferred))
        .containsExactly(entry("id", "BIGINT"), entry("small_x", "BIGINT"), entry("large", "JSON"));
  }

  @Test
  void aFewThatAreBroken_areReportedWithTheirRecord() {
    List<byte[]> payloads = new ArrayList<>();
    for (int i = 0; i < 39; i++) {
      payloads.add(bytes("{\"id\":" + i + "}"));
    }
    payloads.add(bytes("{\"id\":"));
    Inferred inferred = infer(records(payloads));
    assertThat(types(inferred)).containsExactly(entry("id", "BIGINT"));
    assertThat(inferred.report().conflicts())
        .extracting(Conflict::subject)
        .containsExactly("messages", "rows");
    assertThat(inferred.report().conflicts())
        .extracting(conflict -> conflict.record().digits())
        .containsOnly("1039");
  }

  @Test
  void linesOfTabs_areColumnsByPlace() {
    Inferred inferred = infer("1\tmill\t2024-05-31\n", "2\tstone\t-\n");
    assertThat(inferred.definition().message().format())
        .isInstanceOfSatisfying(
            MessageFormat.Csv.class,
            csv -> {
              assertThat(csv.delimiter()).isEqualTo('\t');
              assertThat(csv.nullText()).contains("-");
            });
    assertThat(types(inferred))
        .containsExactly(
            entry("column_0", "BIGINT"), entry("column_1", "VARCHAR"), entry("column_2", "DATE"));
  }

  private static Inferred inferLines(int count, String format, String header) {
    List<byte[]> payloads = new ArrayList<>();
    payloads.add(bytes(header));
    for (int i = 0; i < count; i++) {
      payloads.add(bytes(String.format(format, i)));
    }
    return infer(records(payloads));
  }

  @Test
  void lineOfNames_givesTheColumnsTheirNames_andIsReported() {
    String line = "%1$d,Bob %1$d,1.5,2024-01-01T00:00:00Z";
    for (int count : List.of(3, 200)) {
      Inferred inferred = inferLines(count, line, "id,name,amount,at");
      assertThat(types(inferred))
          .containsExactly(
              entry("id", "BIGINT"),
              entry("name", "VARCHAR"),
              entry("amount", "DOUBLE"),
              entry("at", "TIMESTAMP(3) WITH TIME ZONE"));
      assertThat(inferred.report().notes())
          .singleElement()
          .asString()
          .contains("looks like names", "record 1000");
      assertThat(inferred.report().conflicts())
          .singleElement()
          .satisfies(
              conflict -> {
                assertThat(conflict.subject()).isEqualTo("messages");
                assertThat(conflict.detail()).contains("the names of the columns");
                assertThat(conflict.record().digits()).isEqualTo("1000");
              });
      assertThat(inferred.report().columns().get(0).nulls()).isEqualTo(1);
      assertThat(inferred.report().columns().get(0).example()).isEqualTo("0");
    }
  }

  @Test
  void lineOfNames_inARecordOfSeveralLines_isTheSame() {
    Inferred inferred = infer("user_id,item,at\r\n1,mill,2024-05-31\r\n2,stone,2024-06-01\r\n");
    assertThat(types(inferred))
        .containsExactly(entry("user_id", "BIGINT"), entry("item", "VARCHAR"), entry("at", "DATE"));
    assertThat(inferred.report().rows()).isEqualTo(3);
    assertThat(inferred.report().conflicts()).hasSize(1);
  }

  @Test
  void quotesAtAValuesStart_areQuotes() {
    Inferred inferred =
        inferLines(200, "%1$d,\"Bo,b %1$d\",1.5,2024-01-01T00:00:00Z", "id,name,amount,at");
    assertThat(inferred.definition().message().format())
        .isInstanceOfSatisfying(
            MessageFormat.Csv.class, csv -> assertThat(csv.quote()).contains('"'));
    assertThat(types(inferred)).containsOnlyKeys("id", "name", "amount", "at");
  }

  @Test
  void fewLinesOfOtherKinds_doNotMakeTheOthersText() {
    Inferred inferred = inferLines(200, "%1$d,Bob %1$d,1.5", "n/a,Bob 7,1.5");
    assertThat(types(inferred))
        .containsExactly(
            entry("column_0", "VARCHAR"),
            entry("column_1", "VARCHAR"),
            entry("column_2", "DOUBLE"));
    assertThat(inferred.report().conflicts())
        .extracting(Conflict::subject)
        .containsExactly("column_0");
  }

  @Test
  void valuesThatAreNoNumbersBesideALineOfNames_widenTheColumn() {
    List<String> lines = new ArrayList<>(List.of("id,name,amount", "x,Bob,1.5"));
    for (int i = 0; i < 60; i++) {
      lines.add(i + ",Bob,2.5");
    }
    Inferred inferred = infer(lines.toArray(String[]::new));
    assertThat(types(inferred))
        .containsExactly(
            entry("id", "VARCHAR"), entry("name", "VARCHAR"), entry("amount", "DOUBLE"));
    assertThat(inferred.report().conflicts())
        .extracting(Conflict::subject)
        .containsExactly("messages", "id");
  }

  @Test
  void flowLogs_haveTheirNames() {
    Inferred inferred =
        infer(
            "2 123456789012 eni-0a1b2c3d 10.0.1.5 10.0.2.9 49152 443 6 12 8400 1760000000"
                + " 1760000060 ACCEPT OK",
            "2 123456789012 eni-0a1b2c3d - - - - - - - 1760000060 1760000120 - NODATA");
    assertThat(types(inferred))
        .containsEntry("account_id", "VARCHAR")
        .containsEntry("srcport", "BIGINT")
        .containsEntry("start_time", "TIMESTAMP(3) WITH TIME ZONE")
        .containsEntry("log_status", "VARCHAR");
    assertThat(inferred.report().conflicts()).isEmpty();
  }

  @Test
  void arraysOfObjects_areARowForEachElement() {
    Inferred inferred = infer("[{\"a\":1},{\"a\":2}]", "[]", "[{\"a\":3}]");
    assertThat(inferred.report().what()).isEqualTo("JSON in a JSON array");
    assertThat(inferred.report().rows()).isEqualTo(3);
    assertThat(types(inferred)).containsExactly(entry("a", "BIGINT"));
  }

  @Test
  void namesThatAreData_areAMap() {
    Inferred inferred =
        infer("{\"stock\":{\"100\":1,\"200\":2,\"x\":3}}", "{\"stock\":{\"300\":4}}");
    assertThat(types(inferred)).containsExactly(entry("stock", "MAP(VARCHAR,BIGINT)"));
  }

  @Test
  void glueHeader_isFoundAroundJson_andNeedsASchemaAroundOthers() {
    Inferred json = infer(records(List.of(glue(bytes("{\"a\":1}")))));
    assertThat(json.report().what()).isEqualTo("JSON in Glue Schema Registry");
    assertThat(json.report().conflicts()).isEmpty();
    Inferred avro = infer(records(List.of(glue(new byte[] {2, 6, 1, 0}))));
    assertThat(types(avro)).containsExactly(entry("data", "VARBINARY"));
    assertThat(avro.report().notes()).anyMatch(note -> note.contains("no schema registry"));
  }

  @Test
  void registeredAvro_hasTheColumnsOfItsSchema() throws IOException {
    String text =
        """
        {"type":"record","name":"Order","fields":[
         {"name":"id","type":"long"},
         {"name":"paidAt","type":["null",{"type":"long","logicalType":"timestamp-micros"}]},
         {"name":"tags","type":{"type":"array","items":"string"}},
         {"name":"counts","type":{"type":"map","values":"int"}},
         {"name":"address","type":{"type":"record","name":"A","fields":[
           {"name":"city","type":"string"},{"name":"zip","type":["int","string"]}]}}]}
        """;
    Schema schema = new Schema.Parser().parse(text);
    GenericRecord address = new GenericData.Record(schema.getField("address").schema());
    address.put("city", "Gent");
    address.put("zip", 9000);
    GenericRecord order = new GenericData.Record(schema);
    order.put("id", 7L);
    order.put("paidAt", 1_717_156_800_123_456L);
    order.put("tags", List.of("a"));
    order.put("counts", Map.of("x", 1));
    order.put("address", address);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(schema).write(order, encoder);
    encoder.flush();
    List<UserRecord> sample = records(List.of(glue(bytes.toByteArray())));
    Inferred inferred =
        Inference.of(
            StreamRef.parse("orders"),
            new TableName("shop", "orders"),
            sample,
            version -> new RegisteredSchema(RegisteredSchema.Kind.AVRO, text));
    assertThat(inferred.report().what()).isEqualTo("Avro in Glue Schema Registry");
    assertThat(inferred.report().conflicts()).isEmpty();
    assertThat(inferred.report().columns()).allMatch(column -> column.nulls() == 0);
    assertThat(types(inferred))
        .containsExactly(
            entry("id", "BIGINT"),
            entry("paid_at", "TIMESTAMP(6) WITH TIME ZONE"),
            entry("tags", "ARRAY(VARCHAR)"),
            entry("counts", "MAP(VARCHAR,INTEGER)"),
            entry("address_city", "VARCHAR"),
            entry("address_zip", "JSON"));
  }

  private static byte[] glue(byte[] message) {
    byte[] bytes = new byte[18 + message.length];
    bytes[0] = 3;
    bytes[8] = 0x4A;
    bytes[10] = (byte) 0x8B;
    System.arraycopy(message, 0, bytes, 18, message.length);
    return bytes;
  }

  @Test
  void prose_isText() {
    Inferred inferred =
        infer("GET /mill 200 and so on it goes, well", "stop\n  at Mill.main, line 7", "hello");
    assertThat(inferred.definition().message().format()).isEqualTo(new MessageFormat.Text());
    assertThat(types(inferred)).containsExactly(entry("message", "VARCHAR"));
  }

  @Test
  void otherBytes_areKept() {
    Inferred inferred = infer(records(List.of(new byte[] {0, 1, 2, (byte) 0xFF}, new byte[] {9})));
    assertThat(inferred.definition().message().format()).isEqualTo(new MessageFormat.Raw());
    assertThat(types(inferred)).containsExactly(entry("data", "VARBINARY"));
  }

  @Test
  void avroSingleObjects_needASchema() {
    byte[] datum = {(byte) 0xC3, 1, 1, 2, 3, 4, 5, 6, 7, 8, 0};
    Inferred inferred = infer(records(List.of(datum)));
    assertThat(inferred.report().notes()).anyMatch(note -> note.contains("avro"));
    assertThat(types(inferred)).containsExactly(entry("data", "VARBINARY"));
  }

  @Test
  void namesThatDiffer_areNotColumns() {
    List<byte[]> payloads = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      payloads.add(bytes("{\"labels\":{\"k" + i + "\":[1,\"x\"]},\"id\":1}"));
    }
    assertThat(types(infer(records(payloads))))
        .containsExactly(entry("labels", "JSON"), entry("id", "BIGINT"));
  }

  @Test
  void examples_areOfTheCommonKind() {
    assertThat(infer("{\"a\":\"x\"}").report().columns().get(0).example()).isEqualTo("x");
  }
}
