package dev.millrace.pinot.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.stream.StreamRef;
import dev.millrace.table.Compression;
import dev.millrace.table.Envelope;
import dev.millrace.table.Start;
import dev.millrace.table.StreamAccess;
import dev.millrace.table.StreamAccess.Renewal;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.pinot.spi.stream.StreamConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KinesisConfigTest {
  private static final String RESET = "stream.kinesis.consumer.prop.auto.offset.reset";

  /** The table of Pinot's own page on Kinesis, with more. */
  private static KinesisConfig of(String... keysAndValues) {
    Map<String, String> configs = new HashMap<>();
    configs.put("streamType", "kinesis");
    configs.put("stream.kinesis.topic.name", "orders");
    configs.put("stream.kinesis.consumer.type", "lowlevel");
    configs.put("stream.kinesis.decoder.class.name", "org.example.Decoder");
    configs.put("stream.kinesis.decoder.prop.format", "JSON");
    configs.put("stream.kinesis.consumer.factory.class.name", "org.example.Factory");
    configs.put("realtime.segment.flush.threshold.rows", "1000");
    configs.put("realtime.segment.flush.threshold.time", "6h");
    configs.put("topic.consumption.rate.limit", "100");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      configs.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return KinesisConfig.of(new StreamConfig("orders_REALTIME", configs));
  }

  @Test
  void keysOfPinotsPage_areReadWithoutAWarning() {
    KinesisConfig config =
        of(
            "region", "eu-west-1",
            "accessKey", "AKID",
            "secretKey", "hush",
            "shardIteratorType", "AFTER_SEQUENCE_NUMBER",
            "stream.kinesis.fetch.timeout.millis", "30000",
            "maxRecordsToFetch", "20");
    assertThat(config.warnings()).isEmpty();
    assertThat(config.table()).isEqualTo("orders_REALTIME");
    assertThat(config.stream()).isEqualTo(StreamRef.parse("orders"));
    assertThat(config.fetchTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.maxRecords()).isEqualTo(20);
    assertThat(config.start()).isEqualTo(new Start.TrimHorizon());
    assertThat(config.access())
        .isEqualTo(
            new StreamAccess(
                Optional.of("eu-west-1"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new StreamAccess.Keys("AKID", "hush", Optional.empty()))));
    assertThat(config.toString()).doesNotContain("hush");
  }

  @Test
  void leftOut_haveTheDefaultsOfPinotsOwnPlugin() {
    KinesisConfig config = of();
    assertThat(config.maxRecords()).isEqualTo(10_000);
    assertThat(config.requestsPerSecond()).isEmpty();
    assertThat(config.envelopes()).isEmpty();
    assertThat(config.fetchTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.populatesMetadata()).isFalse();
    assertThat(config.fanOutConsumer()).isEmpty();
    assertThat(config.controller()).isEmpty();
    assertThat(config.access()).isEqualTo(StreamAccess.AMBIENT);
    assertThat(config.warnings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    ",,TrimHorizon[]",
    "TRIM_HORIZON,,TrimHorizon[]",
    "AT_SEQUENCE_NUMBER,,TrimHorizon[]",
    "AFTER_SEQUENCE_NUMBER,largest,TrimHorizon[]",
    "LATEST,,Latest[]",
    "LATEST,smallest,Latest[]",
    "TRIM_HORIZON,largest,TrimHorizon[]",
    ",smallest,TrimHorizon[]",
    ",largest,Latest[]",
    ",2d,Ago[duration=PT48H]"
  })
  void start_isTheIteratorTypes_thenTheResets_thenTrimHorizon(
      String type, String reset, String expected) {
    Map<String, String> given = new HashMap<>();
    Optional.ofNullable(type).ifPresent(value -> given.put("shardIteratorType", value));
    Optional.ofNullable(reset).ifPresent(value -> given.put(RESET, value));
    String[] flat =
        given.entrySet().stream()
            .flatMap(entry -> java.util.stream.Stream.of(entry.getKey(), entry.getValue()))
            .toArray(String[]::new);
    assertThat(of(flat).start()).hasToString(expected);
  }

  @Test
  void start_canBeATime() {
    assertThat(of(RESET, "2024-01-31T08:00:00.000Z").start())
        .isEqualTo(new Start.At(Instant.parse("2024-01-31T08:00:00Z")));
  }

  @Test
  void role_isAssumedWithAllThatIsSaidOfIt() {
    KinesisConfig config =
        of(
            "iamRoleBasedAccessEnabled", "true",
            "roleArn", "arn:aws:iam::123456789012:role/reader",
            "roleSessionName", "nightly",
            "externalId", "between-us",
            "sessionDurationSeconds", "1800",
            "asyncSessionUpdateEnabled", "false");
    assertThat(config.access().role())
        .contains(
            new StreamAccess.Role(
                "arn:aws:iam::123456789012:role/reader",
                Optional.of("between-us"),
                Optional.of("nightly"),
                new Renewal(Duration.ofMinutes(30), Renewal.When.NEEDED)));
    assertThat(config.toString()).doesNotContain("between-us");
    assertThat(config.warnings()).isEmpty();
  }

  @Test
  void roleWithDefaults_hasThoseOfPinotsOwnPlugin() {
    StreamAccess.Role role =
        of(
                "iamRoleBasedAccessEnabled", "true",
                "roleArn", "arn:aws:iam::123456789012:role/reader")
            .access()
            .role()
            .orElseThrow();
    assertThat(role.renewal()).isEqualTo(new Renewal(Duration.ofMinutes(15), Renewal.When.AHEAD));
    assertThat(role.sessionName().orElseThrow()).startsWith("pinot-kinesis-");
    assertThat(role.externalId()).isEmpty();
  }

  @Test
  void keysOfOurs_areRead() {
    KinesisConfig config =
        of(
            "stream.kinesis.fan-out.consumer.name", "pinot-{host}",
            "stream.kinesis.controller.url", "https://pinot.example:9000",
            "stream.kinesis.controller.token", "Basic aHVzaA==",
            "stream.kinesis.controller.delay.millis", "500",
            "sessionToken", "session",
            "accessKey", "AKID",
            "secretKey", "hush",
            "metadata.populate", "true",
            "requests_per_second_limit", "2.5",
            "stream.kinesis.envelopes", "gzip",
            "endpoint", "http://127.0.0.1:4567");
    assertThat(config.fanOutConsumer()).contains("pinot-{host}");
    assertThat(config.controller())
        .contains(
            new KinesisConfig.Controller(
                URI.create("https://pinot.example:9000"),
                Optional.of("Basic aHVzaA=="),
                Duration.ofMillis(500)));
    assertThat(config.access().keys())
        .contains(new StreamAccess.Keys("AKID", "hush", Optional.of("session")));
    assertThat(config.access().endpoint()).contains(URI.create("http://127.0.0.1:4567"));
    assertThat(config.populatesMetadata()).isTrue();
    assertThat(config.requestsPerSecond()).hasValue(2.5);
    assertThat(config.envelopes()).containsExactly(new Envelope.Compressed(Compression.GZIP));
    assertThat(config.warnings()).isEmpty();
    assertThat(config.toString()).doesNotContain("hush", "aHVzaA", "session");
    assertThat(of("stream.kinesis.metadata.populate", "true").populatesMetadata()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "shardIteratorType|latest|TRIM_HORIZON, LATEST, AT_SEQUENCE_NUMBER",
        "shardIteratorType|AT_TIMESTAMP|For a time write " + RESET,
        RESET + "|yesterday|smallest, largest, a period",
        "stream.kinesis.fetch.timeout.millis|0|at least 1",
        "stream.kinesis.fetch.timeout.millis|5s|milliseconds",
        "maxRecordsToFetch|0|from 1 to 10000",
        "maxRecordsToFetch|10001|from 1 to 10000",
        "requests_per_second_limit|0|above 0",
        "requests_per_second_limit|NaN|above 0",
        "metadata.populate|yes|true or false",
        "stream.kinesis.fan-out.consumer.name|a b|letters, digits",
        "region|Ireland!|eu-west-1",
        "endpoint|localhost:4567|http://127.0.0.1:4567",
        "iamRoleBasedAccessEnabled|on|true or false",
        "roleArn|reader|arn:aws:iam::",
        "roleSessionName|a b|letters, digits",
        "externalId|!|letters, digits",
        "sessionDurationSeconds|60|from 900 to 43200",
        "asyncSessionUpdateEnabled|1|true or false",
        "stream.kinesis.controller.url|ftp://pinot|http://127.0.0.1:4567",
        "stream.kinesis.controller.delay.millis|-1|at least 0",
        "stream.kinesis.topic.name|arn:aws:kinesis:x|its ARN"
      })
  void wrongValue_isRefusedWithKeyValueAndWhatIsAllowed(String key, String value, String allowed) {
    assertThatThrownBy(() -> of(key, value))
        .hasMessageContaining("orders_REALTIME")
        .hasMessageContaining(key + " is '" + value + "'; allowed: ")
        .hasMessageContaining(allowed);
  }

  @Test
  void passwordInAnAddress_isNotRepeated() {
    assertThatThrownBy(() -> of("endpoint", "http://user:hush@localhost:4567"))
        .hasMessageContaining("http://…@localhost:4567")
        .message()
        .doesNotContain("hush");
  }

  @Test
  void severalWrongValues_areSaidAtOnce() {
    assertThatThrownBy(
            () -> of("maxRecordsToFetch", "0", "region", "?", "iamRoleBasedAccessEnabled", "true"))
        .hasMessageContaining("maxRecordsToFetch is '0'")
        .hasMessageContaining("region is '?'")
        .hasMessageContaining("roleArn is missing");
  }

  @ParameterizedTest
  @CsvSource({
    "maxRecordToFetch,maxRecordsToFetch",
    "stream.kinesis.region,region",
    "stream.kinesis.contoller.url,stream.kinesis.controller.url",
    "fetch.timeout.millis,",
    "sharditeratortype,shardIteratorType",
    "topicName,"
  })
  void unknownKeyOfOurSpace_isAWarningWithTheNearestName(String key, String nearest) {
    KinesisConfig config = of(key, "1");
    if (key.equals("fetch.timeout.millis")) {
      assertThat(config.warnings()).isEmpty();
      return;
    }
    assertThat(config.warnings()).singleElement().asString().startsWith("'" + key + "'");
    if (nearest != null) {
      assertThat(config.warnings().get(0)).contains("Did you mean '" + nearest + "'?");
    }
  }

  @Test
  void keyWithoutEffect_isAWarning() {
    assertThat(of("accessKey", "AKID").warnings())
        .containsExactly(
            "accessKey has no effect: accessKey and secretKey are taken together or not at all.");
    assertThat(of("roleArn", "arn:aws:iam::1:role/a").warnings().get(0))
        .contains("roleArn has no effect without iamRoleBasedAccessEnabled=true");
    assertThat(of("stream.kinesis.controller.token", "Basic x").warnings().get(0))
        .contains("no effect without stream.kinesis.controller.url")
        .doesNotContain("Basic");
    assertThat(of("sessionToken", "hush").warnings().get(0)).contains("sessionToken");
  }

  @Test
  void page_isTheDeclaration() throws IOException {
    Path page =
        Path.of(System.getProperty("millrace.root", "..")).resolve("docs/reference/pinot-keys.md");
    assertThat(Files.readString(page))
        .as("pinot-keys.md is stale: put KeyReference.markdown() into it")
        .contains(KeyReference.markdown());
  }
}
