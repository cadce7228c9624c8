package dev.millrace.table.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.table.Column;
import dev.millrace.table.Compression;
import dev.millrace.table.DefinitionProblem;
import dev.millrace.table.DefinitionProblem.Severity;
import dev.millrace.table.Definitions;
import dev.millrace.table.DescriptorSet;
import dev.millrace.table.Envelope;
import dev.millrace.table.MessageDefinition;
import dev.millrace.table.MessageFormat;
import dev.millrace.table.MessageFormat.AvroEncoding;
import dev.millrace.table.OnBad;
import dev.millrace.table.Start;
import dev.millrace.table.StreamAccess;
import dev.millrace.table.StreamAccess.Role;
import dev.millrace.table.TableDefinition;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** The keys the old connectors did not have. */
class DefinitionReaderTest {
  /** What protoc makes of: package shop; message Order { int64 id = 1; }. */
  private static final String DESCRIPTORS =
      "\n,\n\u0007o.proto\u0012\u0004shop\"\u0013\n\u0005Order\u0012\n\n\u0002id\u0018\u0001 \u0001(\u0003b\u0006proto3";

  private static final Map<String, String> FILES =
      Map.of(
          "o.avsc", "{ \"type\": \"long\" }", "o.desc", DESCRIPTORS, "broken.avsc", "{ \"type\" }");

  private final List<DefinitionProblem> problems = new ArrayList<>();

  private Optional<TableDefinition> read(String json) throws IOException {
    return new DefinitionReader("t.json", DefinitionReaderTest::sibling, problems)
        .read(json.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] sibling(String name) {
    String content = FILES.get(name);
    if (content == null) {
      throw new MillraceException(ErrorCode.DEFINITION, "there is no file '" + name + "'");
    }
    return content.getBytes(StandardCharsets.UTF_8);
  }

  private TableDefinition table(String keys) throws IOException {
    Optional<TableDefinition> table =
        read("{\"tableName\":\"t\",\"streamName\":\"s\"," + keys + "}");
    assertThat(problems).isEmpty();
    return table.orElseThrow();
  }

  private MessageDefinition message(String keys) throws IOException {
    return table("\"message\":{" + keys + "}").message();
  }

  private MessageFormat format(String format, String options) throws IOException {
    return message("\"dataFormat\":\"%s\",\"options\":%s,\"fields\":[]".formatted(format, options))
        .format();
  }

  @Test
  void access_isRead() throws IOException {
    StreamAccess access =
        table(
                """
                "region": "eu-west-1", "endpoint": "https://localhost:4567/",
                "roleArn": "arn:aws:iam::123456789012:role/path/reader",
                "externalId": "x-1", "roleSessionName": "me"
                """)
            .access();
    assertThat(access)
        .isEqualTo(
            new StreamAccess(
                Optional.of("eu-west-1"),
                Optional.of(URI.create("https://localhost:4567/")),
                Optional.of(
                    new StreamAccess.Role(
                        "arn:aws:iam::123456789012:role/path/reader",
                        Optional.of("x-1"),
                        Optional.of("me"))),
                Optional.empty()));
  }

  @Test
  void everyStart_isRead() throws IOException {
    assertThat(start("trim-horizon")).isEqualTo(new Start.TrimHorizon());
    assertThat(start("TRIM_HORIZON")).isEqualTo(new Start.TrimHorizon());
    assertThat(start("Latest")).isEqualTo(new Start.Latest());
    assertThat(start("24h")).isEqualTo(new Start.Ago(Duration.ofHours(24)));
    assertThat(start("7D")).isEqualTo(new Start.Ago(Duration.ofDays(7)));
    assertThat(start("2024-01-31")).isEqualTo(at("2024-01-31T00:00:00Z"));
    assertThat(start("2024-01-31 12:00")).isEqualTo(at("2024-01-31T12:00:00Z"));
    assertThat(start("2024-01-31T12:00:00.5+02:00")).isEqualTo(at("2024-01-31T10:00:00.5Z"));
  }

  private Start start(String text) throws IOException {
    return table("\"start\":\"" + text + "\"").start().orElseThrow();
  }

  private static Start at(String instant) {
    return new Start.At(Instant.parse(instant));
  }

  @Test
  void envelopes_areReadFromTheOutsideIn() throws IOException {
    MessageDefinition message =
        message(
            """
            "dataFormat": "text", "compressionCodec": "zstd", "onBad": "skip", "fields": [
              {"name": "a", "type": "VARCHAR", "mapping": "x", "in": "envelope"}],
            "envelopes": ["GZIP", "base64", {"type": "dynamodb-json"},
              {"type": "json", "rows": "a/b", "message": "a/b/text"}, "json", "lines"]
            """);
    assertThat(message.compression()).isEqualTo(Compression.ZSTD);
    assertThat(message.onBad()).contains(OnBad.SKIP);
    assertThat(message.columns().get(0).origin()).isEqualTo(Column.Origin.ENVELOPE);
    assertThat(message.envelopes())
        .containsExactly(
            new Envelope.Compressed(Compression.GZIP),
            new Envelope.Base64(),
            new Envelope.DynamoDbJson(),
            new Envelope.JsonWrapper(Optional.of("a/b"), Optional.of("a/b/text")),
            new Envelope.JsonWrapper(Optional.empty(), Optional.empty()),
            new Envelope.Lines());
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "gzip|Compressed[compression=GZIP]",
        "zlib|Compressed[compression=ZLIB]",
        "zstd|Compressed[compression=ZSTD]",
        "snappy|Compressed[compression=SNAPPY]",
        "automatic|Compressed[compression=AUTOMATIC]",
        "base64|Base64[]",
        "glue|GlueHeader[]",
        "cloudwatch-logs|CloudWatchLogs[]",
        "json-lines|JsonLines[]",
        "lines|Lines[]",
        "dynamodb-json|DynamoDbJson[]"
      },
      delimiter = '|')
  void envelopeOfEveryName_isRead(String name, String expected) throws IOException {
    assertThat(
            message("\"dataFormat\":\"json\",\"fields\":[],\"envelopes\":[\"" + name + "\"]")
                .envelopes())
        .singleElement()
        .hasToString(expected);
  }

  @Test
  void dummy_keepsWhatIsAroundIt() throws IOException {
    MessageDefinition message =
        message("\"dataFormat\":\"dummy\",\"envelopes\":[\"lines\"],\"onBad\":\"null\"");
    assertThat(message.envelopes()).containsExactly(new Envelope.Lines());
    assertThat(message.onBad()).contains(OnBad.NULL);
  }

  @Test
  void nullInPlaceOfAValue_isAbsent() throws IOException {
    TableDefinition table =
        table(
            "\"region\":null,\"start\":null,\"message\":{\"dataFormat\":\"json\",\"onBad\":null,"
                + "\"envelopes\":null,\"options\":null,\"fields\":[]}");
    assertThat(table.message())
        .isEqualTo(MessageDefinition.of(new MessageFormat.Json(), List.of()));
    assertThat(table.access()).isEqualTo(StreamAccess.AMBIENT);
  }

  @Test
  void csvOptions_areRead() throws IOException {
    assertThat(format("csv", "{}")).isEqualTo(MessageFormat.Csv.DEFAULT);
    assertThat(
            format(
                "CSV",
                "{\"delimiter\":\"tab\",\"quote\":\"\",\"escape\":\"\\\\\",\"null\":\"\","
                    + "\"urlEncoded\":true}"))
        .isEqualTo(
            new MessageFormat.Csv(
                '\t', Optional.empty(), Optional.of('\\'), Optional.of(""), true));
    assertThat(format("csv", "{\"delimiter\":\"\\t\"}"))
        .isEqualTo(format("csv", "{\"delimiter\":\"Tab\"}"));
    assertThat(format("csv", "{\"delimiter\":\" \"}"))
        .isEqualTo(format("csv", "{\"delimiter\":\"space\"}"));
  }

  @Test
  void avroSchema_isReadFromItsFileOrFromHere() throws IOException {
    MessageFormat expected =
        new MessageFormat.Avro(Optional.of("{\"type\":\"long\"}"), AvroEncoding.BINARY);
    assertThat(format("avro", "{\"schema\":\"o.avsc\"}")).isEqualTo(expected);
    assertThat(format("avro", "{\"schema\":{ \"type\" : \"long\" }}")).isEqualTo(expected);
    assertThat(format("avro", "{\"schema\":\"o.avsc\",\"encoding\":\"Single-Object\"}"))
        .isEqualTo(
            new MessageFormat.Avro(Optional.of("{\"type\":\"long\"}"), AvroEncoding.SINGLE_OBJECT));
    assertThat(message("\"dataFormat\":\"avro\",\"envelopes\":[\"glue\"],\"fields\":[]").format())
        .isEqualTo(new MessageFormat.Avro(Optional.empty(), AvroEncoding.BINARY));
  }

  @Test
  void descriptors_areReadFromTheirFileOrFromHere() throws IOException {
    MessageFormat expected =
        new MessageFormat.Protobuf(
            new DescriptorSet(DESCRIPTORS.getBytes(StandardCharsets.US_ASCII)), "shop.Order");
    assertThat(format("protobuf", "{\"descriptorSet\":\"o.desc\",\"messageType\":\"shop.Order\"}"))
        .isEqualTo(expected);
    assertThat(
            format(
                "protobuf",
                "{\"descriptorSet\":\"base64:CiwKB28ucHJvdG8SBHNob3AiEwoFT3JkZXISCgoCaWQYASABKANiBnByb3RvMw==\",\"messageType\":\"shop.Order\"}"))
        .isEqualTo(expected);
  }

  @Test
  void schemaForEditors_isNoUnknownKey() throws IOException {
    table("\"$schema\":\"../definition.schema.json\"");
  }

  @Test
  void flagAsAText_isRead() throws IOException {
    MessageDefinition message =
        message(
            """
            "dataFormat": "json", "fields": [{"name": "a", "type": "BIGINT", "hidden": "false"},
              {"name": "b", "type": "BIGINT", "hidden": "True"}]""");
    assertThat(message.columns()).extracting(Column::hidden).containsExactly(false, true);
  }

  static final List<WrongDefinition> WRONG = WrongDefinition.ALL;

  @ParameterizedTest
  @FieldSource("WRONG")
  void wrongDefinition_isRefusedWithAllItsProblems(WrongDefinition wrong) throws IOException {
    assertThat(read(wrong.json())).isEmpty();
    assertThat(problems)
        .extracting(problem -> problem.place() + ": " + problem.detail())
        .containsExactlyElementsOf(wrong.problems());
  }

  @Test
  void externalId_isNeverShown() throws IOException {
    read(
        """
        {"tableName": "t", "streamName": "s", "roleArn": "arn:aws:iam::123456789012:role/r",
         "externalId": "between us!"}""");
    assertThat(problems).singleElement().asString().doesNotContain("between us");
    assertThat(new Role("arn", Optional.of("between us"), Optional.empty()).toString())
        .doesNotContain("between us");
  }

  @Test
  void credential_isAWarningThatDoesNotShowIt() throws IOException {
    read(
        """
        {"tableName": "t", "streamName": "s", "accessKey": "AKIA1", "aws_secret_access_key": "AKIA2",
         "message": {"dataFormat": "csv", "fields": [], "password": "AKIA3",
           "options": {"sessionToken": "AKIA4"}}}""");
    assertThat(problems)
        .hasSize(4)
        .allMatch(problem -> problem.severity() == Severity.WARNING)
        .noneMatch(problem -> problem.toString().contains("AKIA"))
        .extracting(DefinitionProblem::detail)
        .containsOnly(CredentialKey.ADVICE);
  }

  @Test
  void brokenJson_showsAtMostTheBeginningOfAWord() throws IOException {
    read("{\"tableName\": \"t\", \"secretKey\": wJalrXUtnFEMIbPxRfiCY}");
    assertThat(problems)
        .singleElement()
        .asString()
        .startsWith("t.json: the JSON is broken at line 1, column ")
        .contains("word 'wJalrXUt…'")
        .doesNotContain("FEMI");
  }

  @Test
  void unknownOption_isAWarningWithTheNearestOne() throws IOException {
    read(
        """
        {"tableName": "t", "streamName": "s", "message": {"dataFormat": "csv", "fields": [],
          "envelopes": [{"type": "lines", "row": "a"}], "options": {"delimeter": ","}}}""");
    assertThat(problems)
        .extracting(DefinitionProblem::toString)
        .containsExactly(
            "t.json, message.envelopes[0].row: this key is not known and has no effect."
                + " Did you mean 'rows'? Known here: type, rows, message",
            "t.json, message.options.delimeter: this key is not known and has no effect."
                + " Did you mean 'delimiter'? Known here: delimiter, quote, escape, null, urlEncoded");
  }

  @Test
  void oldFiles_areReadWithoutAProblem() {
    Definitions definitions =
        JsonCatalog.ofDirectory(Path.of("src/test/resources/definitions/old")).load();
    assertThat(definitions.problems()).isEmpty();
    assertThat(definitions.tables())
        .extracting(table -> table.name().toString())
        .containsExactly(
            "default.bare", "web.clicks", "default.lines", "default.meters", "default.raw_bytes");
  }
}
