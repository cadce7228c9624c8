package dev.millrace.table.pinot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.table.Column;
import dev.millrace.table.DefinitionFile;
import dev.millrace.table.DefinitionProblem;
import dev.millrace.table.MessageFormat.Avro;
import dev.millrace.table.MessageFormat.Csv;
import dev.millrace.table.MessageFormat.Json;
import dev.millrace.table.MessageFormat.Protobuf;
import dev.millrace.table.Start;
import dev.millrace.table.StreamAccess;
import dev.millrace.table.StreamAccess.Keys;
import dev.millrace.table.StreamAccess.Role;
import dev.millrace.table.TableDefinition;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PinotDefinitionsTest {
  private static final String SCHEMA =
      """
      {"schemaName": "orders", "dimensionFieldSpecs": [{"name": "id", "dataType": "LONG"}]}
      """;
  private static final String STREAM =
      """
      "streamType": "kinesis", "stream.kinesis.topic.name": "clicks",
      "stream.kinesis.decoder.class.name": "org.apache.pinot.plugin.stream.kafka.KafkaJSONMessageDecoder"
      """;

  private final List<DefinitionProblem> problems = new ArrayList<>();

  private static String table(String configs, String more) {
    return """
    {"tableName": "orders", "tableType": "REALTIME",
     "tableIndexConfig": {"streamConfigs": {%s}}%s}
    """
        .formatted(configs, more);
  }

  private static byte[] sibling(String name) {
    if (name.equals("shop.desc")) {
      return new byte[] {1, 2, 3};
    }
    throw new MillraceException(ErrorCode.DEFINITION, name + " is not there");
  }

  private List<TableDefinition> read(String... files) {
    problems.clear();
    PinotDefinitions pinot =
        new PinotDefinitions("default", PinotDefinitionsTest::sibling, problems);
    for (int i = 0; i < files.length; i++) {
      byte[] bytes = files[i].getBytes(StandardCharsets.UTF_8);
      assertThat(pinot.take(new DefinitionFile(i + ".json", i + ".json", bytes))).isTrue();
    }
    return pinot.tables();
  }

  private TableDefinition only(String... files) {
    List<TableDefinition> tables = read(files);
    assertThat(tables).as("%s", problems).hasSize(1);
    return tables.get(0);
  }

  private TableDefinition with(String configs) {
    return only(table(STREAM + ", " + configs, ""), SCHEMA);
  }

  private void assertRefused(String place, String detail, String... files) {
    assertThat(read(files)).isEmpty();
    assertThat(problems).singleElement().asString().contains(place, detail);
  }

  @Test
  void configAndSchema_areATable() {
    TableDefinition table = only(table(STREAM, ""), SCHEMA);
    assertThat(problems).isEmpty();
    assertThat(table.name()).hasToString("default.orders");
    assertThat(table.stream().name()).isEqualTo("clicks");
    assertThat(table.source()).isEqualTo("0.json");
    assertThat(table.message().format()).isEqualTo(new Json());
    assertThat(table.columns()).extracting(Column::name).containsExactly("id");
    assertThat(table.access()).isEqualTo(StreamAccess.AMBIENT);
    assertThat(table.start()).contains(new Start.TrimHorizon());
  }

  @Test
  void answersOfTheController_areTheSame() {
    String config = table(STREAM, "").replace("\"orders\"", "\"orders_REALTIME\"");
    assertThat(only("{\"REALTIME\": " + config + "}", SCHEMA).name()).hasToString("default.orders");
    assertThat(
            only("{\"tableName\": \"orders\", \"schema\": "
                    + SCHEMA
                    + ", \"realtime\": "
                    + config
                    + "}")
                .columns())
        .hasSize(1);
  }

  @Test
  void newPlaceOfStreamConfigs_isRead() {
    String config =
        """
        {"tableName": "shop.orders", "tableType": "REALTIME",
         "segmentsConfig": {"schemaName": "orders"},
         "ingestionConfig": {"streamIngestionConfig": {"streamConfigMaps": [{%s}]}}}
        """
            .formatted(STREAM);
    assertThat(only(config, SCHEMA).name()).hasToString("shop.orders");
  }

  @Test
  void otherFiles_areLeftToOthers() {
    PinotDefinitions pinot =
        new PinotDefinitions("default", PinotDefinitionsTest::sibling, problems);
    for (String other :
        List.of(
            "{\"tableName\": \"a\", \"streamName\": \"b\"}", "{", "[]", "{\"schemaName\": 1}")) {
      byte[] bytes = other.getBytes(StandardCharsets.UTF_8);
      assertThat(pinot.take(new DefinitionFile("x", "x", bytes))).isFalse();
    }
    assertThat(problems).isEmpty();
  }

  @Test
  void whatIsNoTableHere_isAWarningOrNothing() {
    assertThat(read(table(STREAM, "").replace("REALTIME", "OFFLINE"), SCHEMA)).isEmpty();
    assertThat(problems).singleElement().asString().contains("OFFLINE");
    assertThat(read(table("\"streamType\": \"kafka\"", ""), SCHEMA)).isEmpty();
    assertThat(problems).singleElement().asString().contains("kafka");
    assertThat(read(SCHEMA)).isEmpty();
    assertThat(problems).isEmpty();
  }

  @Test
  void missingParts_areOneErrorEach() {
    assertRefused("tableName", "no schema 'orders'", table(STREAM, ""));
    assertRefused(
        "stream.kinesis.topic.name",
        "missing",
        table(STREAM.replace("topic.name", "consumer.type"), ""),
        SCHEMA);
    assertRefused(
        "decoder.class.name",
        "'com.example.MyDecoder' is not read here",
        table(STREAM + ", \"stream.kinesis.decoder.class.name\": \"com.example.MyDecoder\"", ""),
        SCHEMA);
    assertRefused(
        "streamConfigMaps",
        "needs its stream",
        "{\"tableName\": \"orders\", \"tableType\": \"REALTIME\"}",
        SCHEMA);
  }

  @Test
  void access_isRead_andKeysAreNeverShown() {
    TableDefinition table =
        with(
            """
            "region": "eu-west-1", "endpoint": "http://127.0.0.1:4567",
            "accessKey": "id", "secretKey": "hush", "sessionToken": "hush too",
            "iamRoleBasedAccessEnabled": "true", "roleArn": "arn:aws:iam::1:role/r",
            "externalId": "outside", "roleSessionName": "nightly"
            """);
    assertThat(problems).isEmpty();
    assertThat(table.access())
        .isEqualTo(
            new StreamAccess(
                Optional.of("eu-west-1"),
                Optional.of(URI.create("http://127.0.0.1:4567")),
                Optional.of(
                    new Role(
                        "arn:aws:iam::1:role/r", Optional.of("outside"), Optional.of("nightly"))),
                Optional.of(new Keys("id", "hush", Optional.of("hush too")))));
    assertThat(table.toString()).doesNotContain("hush");
    assertThat(with("\"accessKey\": \"\", \"secretKey\": \"\", \"roleArn\": \"r\"").access())
        .isEqualTo(StreamAccess.AMBIENT);
    assertThat(with("\"secretKey\": \"hush\"").access()).isEqualTo(StreamAccess.AMBIENT);
    assertThat(problems).singleElement().asString().contains("secretKey").doesNotContain("hush");
  }

  @Test
  void accessThatCannotBe_isAnErrorWithoutTheSecret() {
    assertRefused(
        "roleArn",
        "needs the role",
        table(STREAM + ", \"iamRoleBasedAccessEnabled\": true", ""),
        SCHEMA);
    assertRefused(
        "endpoint", "address", table(STREAM + ", \"endpoint\": \"http://a:hush@b\"", ""), SCHEMA);
    assertThat(problems.toString()).doesNotContain("hush");
    assertRefused("region", "${", table(STREAM + ", \"region\": \"${REGION}\"", ""), SCHEMA);
  }

  @Test
  void start_isTheIteratorTypes_thenTheResets() {
    String reset = "\"stream.kinesis.consumer.prop.auto.offset.reset\": ";
    assertThat(with("\"shardIteratorType\": \"LATEST\"").start()).contains(new Start.Latest());
    assertThat(
            with("\"shardIteratorType\": \"AT_SEQUENCE_NUMBER\", " + reset + "\"largest\"").start())
        .contains(new Start.TrimHorizon());
    assertThat(with(reset + "\"largest\"").start()).contains(new Start.Latest());
    assertThat(with(reset + "\"smallest\"").start()).contains(new Start.TrimHorizon());
    assertThat(with(reset + "\"1d4h30m\"").start())
        .contains(new Start.Ago(Duration.ofMinutes(28 * 60 + 30)));
    assertThat(with(reset + "\"2024-01-31T08:00:00.000Z\"").start())
        .contains(new Start.At(Instant.parse("2024-01-31T08:00:00Z")));
    assertThat(with(reset + "\"2024-01-31T08:00:00.000+0100\"").start())
        .contains(new Start.At(Instant.parse("2024-01-31T07:00:00Z")));
    assertRefused(
        "auto.offset.reset", "'soon'", table(STREAM + "," + reset + "\"soon\"", ""), SCHEMA);
    assertRefused(
        "shardIteratorType",
        "'EARLY'",
        table(STREAM + ", \"shardIteratorType\": \"EARLY\"", ""),
        SCHEMA);
  }

  @Test
  void keysOfConsuming_areSilent_unknownOnesWarn() {
    with(
        """
        "stream.kinesis.consumer.type": "lowlevel", "maxRecordsToFetch": "20",
        "stream.kinesis.fetch.timeout.millis": "30000", "requests_per_second_limit": "1",
        "stream.kinesis.consumer.factory.class.name": "x", "realtime.segment.flush.threshold.rows": 1
        """);
    assertThat(problems).isEmpty();
    with("\"stream.kinesis.topic.nam\": \"x\"");
    assertThat(problems).singleElement().asString().contains("topic.nam", "Did you mean");
  }

  private static String decoder(String name, String props) {
    return STREAM.replaceAll("org.apache[^\"]*", "org.apache.pinot." + name)
        + (props.isEmpty() ? "" : ", ")
        + props.replace("prop.", "stream.kinesis.decoder.prop.");
  }

  @Test
  void csv_readsByPlace() {
    TableDefinition table =
        only(
            table(
                decoder(
                    "x.CSVMessageDecoder",
                    "\"prop.header\": \"ts|id\", \"prop.delimiter\": \"|\","
                        + " \"prop.nullStringValue\": \"-\", \"prop.escapeCharacter\": \"!\""),
                ""),
            SCHEMA.replace("}]", "}, {\"name\": \"other\", \"dataType\": \"INT\"}]"));
    assertThat(table.message().format())
        .isEqualTo(new Csv('|', Optional.of('"'), Optional.of('!'), Optional.of("-"), false));
    assertThat(table.columns()).hasSize(1);
    assertThat(table.columns().get(0).mapping()).contains("1");
    assertThat(problems).singleElement().asString().contains("'other'");
    assertRefused(
        "decoder.prop.header", "missing", table(decoder("CSVMessageDecoder", ""), ""), SCHEMA);
    assertRefused(
        "skipHeader",
        "header line",
        table(
            decoder("CSVMessageDecoder", "\"prop.header\": \"id\", \"prop.skipHeader\": \"true\""),
            ""),
        SCHEMA);
  }

  @Test
  void avroAndProtobuf_haveTheirSchemas() {
    assertThat(
            only(table(decoder("SimpleAvroMessageDecoder", "\"prop.schema\": \"{}\""), ""), SCHEMA)
                .message()
                .format())
        .isInstanceOfSatisfying(Avro.class, avro -> assertThat(avro.schema()).contains("{}"));
    assertThat(
            only(
                    table(
                        decoder(
                            "ProtoBufMessageDecoder",
                            "\"prop.descriptorFile\": \"file:///etc/shop.desc\","
                                + " \"prop.protoClassName\": \"shop.Order\""),
                        ""),
                    SCHEMA)
                .message()
                .format())
        .isInstanceOfSatisfying(
            Protobuf.class, proto -> assertThat(proto.messageType()).isEqualTo("shop.Order"));
    assertRefused(
        "descriptorFile",
        "none.desc",
        table(
            decoder(
                "ProtoBufMessageDecoder",
                "\"prop.descriptorFile\": \"none.desc\", \"prop.protoClassName\": \"A\""),
            ""),
        SCHEMA);
  }

  private List<String> columns(String more, String fields) {
    return only(table(STREAM, more), "{\"schemaName\": \"orders\", " + fields + "}")
        .columns()
        .stream()
        .map(c -> c.name() + " " + c.type() + c.mapping().map(m -> " at " + m).orElse(""))
        .toList();
  }

  @Test
  void types_areThoseOfTheReference() {
    StringBuilder fields = new StringBuilder("\"dimensionFieldSpecs\": [");
    for (String type :
        List.of(
            "INT",
            "LONG",
            "FLOAT",
            "DOUBLE",
            "BIG_DECIMAL",
            "BOOLEAN",
            "TIMESTAMP",
            "STRING",
            "JSON",
            "BYTES",
            "UUID")) {
      fields.append("{\"name\": \"").append(type).append("\", \"dataType\": \"").append(type);
      fields.append("\"}, ");
    }
    fields.append(
        "{\"name\": \"tags\", \"dataType\": \"STRING\", \"singleValueField\": false},"
            + " {\"name\": \"$docId\", \"dataType\": \"INT\"}],"
            + " \"complexFieldSpecs\": [{\"name\": \"m\", \"dataType\": \"MAP\", \"childFieldSpecs\":"
            + " {\"key\": {\"dataType\": \"STRING\"}, \"value\": {\"dataType\": \"INT\"}}}]");
    assertThat(columns("", fields.toString()))
        .containsExactly(
            "INT INTEGER",
            "LONG BIGINT",
            "FLOAT REAL",
            "DOUBLE DOUBLE",
            "BIG_DECIMAL DECIMAL(38,10)",
            "BOOLEAN BOOLEAN",
            "TIMESTAMP TIMESTAMP(3)",
            "STRING VARCHAR",
            "JSON JSON",
            "BYTES VARCHAR",
            "UUID UUID",
            "tags ARRAY(VARCHAR)",
            "m MAP(VARCHAR,INTEGER)");
    assertThat(problems).isEmpty();
  }

  @Test
  void times_stayAsTheyAre_andAreExplained() {
    TableDefinition table =
        only(
            table(STREAM, ", \"segmentsConfig\": {\"timeColumnName\": \"ms\"}"),
            """
            {"schemaName": "orders", "dateTimeFieldSpecs": [
              {"name": "ms", "dataType": "LONG", "format": "1:MILLISECONDS:EPOCH"},
              {"name": "s", "dataType": "LONG", "format": "EPOCH|SECONDS|5"},
              {"name": "t", "dataType": "TIMESTAMP", "format": "TIMESTAMP"},
              {"name": "d", "dataType": "STRING", "format": "SIMPLE_DATE_FORMAT|yyyy-MM-dd|CET"},
              {"name": "o", "dataType": "STRING", "format": "1:DAYS:SIMPLE_DATE_FORMAT:yyyyMMdd"}]}
            """);
    assertThat(table.columns())
        .extracting(c -> c.name() + " " + c.type() + ": " + c.comment().orElse(""))
        .containsExactly(
            "ms BIGINT: milliseconds since the epoch; the table's time column",
            "s BIGINT: units of 5 seconds since the epoch",
            "t TIMESTAMP(3): a time, as milliseconds since the epoch or as text",
            "d VARCHAR: a time written as yyyy-MM-dd in CET",
            "o VARCHAR: a time written as yyyyMMdd");
    assertThat(problems).isEmpty();
  }

  @Test
  void transforms_areFollowedOrNamed() {
    String transforms =
        """
        , "ingestionConfig": {"complexTypeConfig": {"delimiter": "."}, "transformConfigs": [
          {"columnName": "city", "transformFunction": "jsonPathString(address, '$.home.city', 'x')"},
          {"columnName": "renamed", "transformFunction": "old_name"},
          {"columnName": "hour", "transformFunction": "toEpochHours(ts)"}]}
        """;
    assertThat(
            columns(
                transforms,
                """
                "dimensionFieldSpecs": [{"name": "city", "dataType": "STRING"},
                  {"name": "renamed", "dataType": "STRING"}, {"name": "hour", "dataType": "LONG"},
                  {"name": "a.b", "dataType": "INT"}]
                """))
        .containsExactly(
            "city VARCHAR at address/home/city",
            "renamed VARCHAR at old_name",
            "hour BIGINT",
            "a.b INTEGER at a/b");
    assertThat(problems).singleElement().asString().contains("'hour'", "toEpochHours(ts)");
  }

  @Test
  void wrongSchemas_sayWhere() {
    assertRefused(
        "dimensionFieldSpecs[0].dataType",
        "'LNG'",
        table(STREAM, ""),
        SCHEMA.replace("LONG", "LNG"));
    assertRefused(
        "dimensionFieldSpecs[1].name",
        "'ID' already",
        table(STREAM, ""),
        SCHEMA.replace("}]", "}, {\"name\": \"ID\", \"dataType\": \"INT\"}]"));
  }
}
