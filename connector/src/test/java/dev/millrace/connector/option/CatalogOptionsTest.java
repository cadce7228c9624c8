package dev.millrace.connector.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.aws.DynamoDbItems.AbsentTable;
import dev.millrace.aws.HttpTimeouts;
import dev.millrace.aws.SettingNames;
import dev.millrace.read.FetchOptions.OnLoss;
import dev.millrace.read.Pacing;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.table.OnBad;
import dev.millrace.table.Start;
import dev.millrace.table.StreamAccess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogOptionsTest {
  /** Every property of presto-kinesis, with a value that is not its default. */
  static final Map<String, String> PRESTO_KINESIS =
      Map.ofEntries(
          Map.entry("kinesis.table-description-dir", "etc/old/"),
          Map.entry("kinesis.table-descriptions-s3", "s3://bucket/tables/"),
          Map.entry("kinesis.hide-internal-columns", "false"),
          Map.entry("kinesis.default-schema", "shop"),
          Map.entry("kinesis.access-key", "AKIA1"),
          Map.entry("kinesis.secret-key", "hush"),
          Map.entry("kinesis.aws-region", "eu-west-1"),
          Map.entry("kinesis.batch-size", "500"),
          Map.entry("kinesis.max-batches", "7"),
          Map.entry("kinesis.fetch-attempts", "3"),
          Map.entry("kinesis.sleep-time", "200ms"),
          Map.entry("kinesis.log-batches", "false"),
          Map.entry("kinesis.iter-from-timestamp", "true"),
          Map.entry("kinesis.iter-offset-seconds", "3600"),
          Map.entry("kinesis.checkpoint-enabled", "true"),
          Map.entry("kinesis.dynamo-read-capacity", "5"),
          Map.entry("kinesis.dynamo-write-capacity", "6"),
          Map.entry("kinesis.checkpoint-interval-ms", "1000ms"),
          Map.entry("kinesis.checkpoint-logical-name", "nightly"),
          Map.entry("kinesis.iteration-number", "2"));

  /** Every property that Trino's connector had and presto-kinesis had not. */
  static final Map<String, String> TRINO =
      Map.of(
          "kinesis.table-description-location", "s3://bucket/tables/",
          "kinesis.table-description-refresh-interval", "5m",
          "kinesis.iterator-from-timestamp", "true",
          "kinesis.iterator-offset-seconds", "3600",
          "kinesis.iterator-number", "2",
          "kinesis.checkpoint-interval", "1m");

  private static CatalogOptions parse(Map<String, String> config) {
    return CatalogOptions.parse(config, Map.of());
  }

  private static List<String> problems(Map<String, String> config) {
    MillraceException thrown = catchThrowableOfType(MillraceException.class, () -> parse(config));
    assertThat(thrown).as("%s is wrong", config).isNotNull();
    assertThat(thrown.code()).isEqualTo(ErrorCode.USER);
    return String.valueOf(thrown.getMessage()).lines().toList();
  }

  /** Without the warnings, and what is another object each time. */
  private static String shown(CatalogOptions options) {
    return options.toString().replaceAll("warnings=.*", "").replaceAll("metrics=[^]]*", "");
  }

  @Test
  void nothing_hasTheDefaults() {
    CatalogOptions options = parse(Map.of());
    assertThat(options.definitionsLocation()).isEqualTo("etc/kinesis/");
    assertThat(options.refreshInterval()).isEqualTo(Duration.ofMinutes(10));
    assertThat(options.defaultSchema()).isEqualTo("default");
    assertThat(options.internalColumns()).isEqualTo(InternalColumns.HIDDEN);
    assertThat(options.aws().region()).isEmpty();
    assertThat(options.aws().timeouts()).isEqualTo(HttpTimeouts.DEFAULT);
    assertThat(options.aws().settings()).isEqualTo(SettingNames.CATALOG);
    assertThat(options.aws().access()).isEqualTo(StreamAccess.AMBIENT);
    assertThat(options.checkpoints().place())
        .isEqualTo(new CheckpointOptions.Place.DynamoDb("millrace-checkpoints"));
    assertThat(options.checkpoints().absentTable()).isEqualTo(new AbsentTable.Fail());
    SessionOptions session = options.sessionDefaults();
    assertThat(session.start()).isEmpty();
    assertThat(session.defaultStart()).isEqualTo(new Start.Ago(Duration.ofHours(24)));
    assertThat(session.maxBatches()).isEmpty();
    assertThat(session.batchSize()).isEqualTo(10_000);
    assertThat(session.checkpoint()).isEmpty();
    assertThat(options.warnings()).isEmpty();
  }

  @Test
  void everyNewProperty_isTaken() {
    CatalogOptions options =
        parse(
            Map.ofEntries(
                Map.entry("kinesis.endpoint-url", "http://127.0.0.1:4567"),
                Map.entry("kinesis.s3-endpoint-url", "http://127.0.0.1:1"),
                Map.entry("kinesis.glue-endpoint-url", "http://127.0.0.1:2"),
                Map.entry("kinesis.dynamodb-endpoint-url", "http://127.0.0.1:3"),
                Map.entry("kinesis.sts-endpoint-url", "http://127.0.0.1:4"),
                Map.entry("kinesis.use-fips-endpoint", "true"),
                Map.entry("kinesis.use-dualstack-endpoint", "false"),
                Map.entry("kinesis.aws-profile", "readers"),
                Map.entry("kinesis.access-key", "AKIA1"),
                Map.entry("kinesis.secret-key", "hush"),
                Map.entry("kinesis.session-token", "token"),
                Map.entry("kinesis.role-arn", "arn:aws:iam::123456789012:role/reader"),
                Map.entry("kinesis.role-external-id", "between-us"),
                Map.entry("kinesis.role-session-name", "nightly"),
                Map.entry("kinesis.start", "2026-01-31T12:00:00Z"),
                Map.entry("kinesis.read-until", "30s"),
                Map.entry("kinesis.on-bad", "skip"),
                Map.entry("kinesis.on-loss", "continue"),
                Map.entry("kinesis.calls-in-flight", "8"),
                Map.entry("kinesis.buffer-size", "64MB"),
                Map.entry("kinesis.patience", "45s"),
                Map.entry("kinesis.connect-timeout", "700ms"),
                Map.entry("kinesis.read-timeout", "8s"),
                Map.entry("kinesis.read-limits", "none"),
                Map.entry("kinesis.checkpoint-store", "file:/var/lib/checkpoints"),
                Map.entry("kinesis.checkpoint-retention", "7d")));
    assertThat(options.aws().endpointUrl()).contains(URI.create("http://127.0.0.1:4567"));
    assertThat(options.aws().environment())
        .containsEntry("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:1")
        .containsEntry("AWS_ENDPOINT_URL_GLUE", "http://127.0.0.1:2")
        .containsEntry("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:3")
        .containsEntry("AWS_ENDPOINT_URL_STS", "http://127.0.0.1:4");
    assertThat(options.aws().fips()).contains(true);
    assertThat(options.aws().dualStack()).contains(false);
    assertThat(options.aws().profile()).contains("readers");
    assertThat(options.aws().access().keys())
        .contains(new StreamAccess.Keys("AKIA1", "hush", Optional.of("token")));
    assertThat(options.aws().access().role())
        .contains(
            new StreamAccess.Role(
                "arn:aws:iam::123456789012:role/reader",
                Optional.of("between-us"),
                Optional.of("nightly")));
    assertThat(options.fetch().callsInFlight()).isEqualTo(8);
    assertThat(options.fetch().bufferBytes()).isEqualTo(64L << 20);
    assertThat(options.fetch().patience()).isEqualTo(Duration.ofSeconds(45));
    assertThat(options.aws().timeouts())
        .isEqualTo(new HttpTimeouts(Duration.ofMillis(700), Duration.ofSeconds(8)));
    assertThat(options.limits().pacing()).isEqualTo(Pacing.unlimited());
    assertThat(options.checkpoints().place())
        .isEqualTo(new CheckpointOptions.Place.Directory(Path.of("/var/lib/checkpoints")));
    assertThat(options.checkpoints().retention()).isEqualTo(Duration.ofDays(7));
    SessionOptions session = options.sessionDefaults();
    assertThat(session.defaultStart())
        .isEqualTo(new Start.At(Instant.parse("2026-01-31T12:00:00Z")));
    assertThat(session.until()).isEqualTo(new ReadBound.Ago(Duration.ofSeconds(30)));
    assertThat(session.defaultOnBad()).isEqualTo(OnBad.SKIP);
    assertThat(session.onLoss()).isEqualTo(OnLoss.CONTINUE);
  }

  @Test
  void everythingOfPrestoKinesis_keepsItsMeaning() {
    CatalogOptions options = parse(PRESTO_KINESIS);
    assertThat(options.definitionsLocation()).isEqualTo("s3://bucket/tables/");
    assertThat(options.internalColumns()).isEqualTo(InternalColumns.SHOWN);
    assertThat(options.defaultSchema()).isEqualTo("shop");
    assertThat(options.aws().region()).contains("eu-west-1");
    SessionOptions session = options.sessionDefaults();
    assertThat(session.defaultStart()).isEqualTo(new Start.Ago(Duration.ofHours(1)));
    assertThat(session.batchSize()).isEqualTo(500);
    assertThat(session.maxBatches()).hasValue(7);
    assertThat(session.checkpoint().orElseThrow().name()).isEqualTo("nightly");
    assertThat(session.checkpoint().orElseThrow().iteration()).hasValue(2);
  }

  @Test
  void everythingOfTrinos_keepsItsMeaning() {
    CatalogOptions options = parse(TRINO);
    assertThat(options.definitionsLocation()).isEqualTo("s3://bucket/tables/");
    assertThat(options.refreshInterval()).isEqualTo(Duration.ofMinutes(5));
    assertThat(options.sessionDefaults().defaultStart())
        .isEqualTo(new Start.Ago(Duration.ofHours(1)));
    assertThat(options.sessionDefaults().checkpointName().iteration()).hasValue(2);
  }

  @Test
  void renamedProperties_warnWithWhatToWrite() {
    assertThat(parse(TRINO).warnings())
        .contains(
            "kinesis.iterator-from-timestamp is now kinesis.start: write kinesis.start=3600s"
                + " instead",
            "kinesis.iterator-number is now kinesis.iteration-number: write"
                + " kinesis.iteration-number=2 instead");
  }

  @Test
  void deadProperties_warnAndDoNothing() {
    Map<String, String> dead = new HashMap<>();
    OldProperty.ALL.stream()
        .filter(old -> old.fate() instanceof OldProperty.Fate.Dead)
        .forEach(old -> dead.put(old.key(), "whatever"));
    CatalogOptions options = parse(dead);
    assertThat(options.warnings()).hasSize(dead.size()).allMatch(line -> line.contains("nothing"));
    assertThat(shown(options)).isEqualTo(shown(parse(Map.of())));
  }

  @ParameterizedTest
  @CsvSource({
    "true, 60, PT1M",
    "true, , PT24H",
    ", 60, PT1M",
    "TRUE, 0, PT0S",
  })
  void oldStart_isSoLongBack(String flag, String seconds, Duration back) {
    Map<String, String> config = new HashMap<>();
    Optional.ofNullable(flag)
        .ifPresent(text -> config.put("kinesis.iterator-from-timestamp", text));
    Optional.ofNullable(seconds)
        .ifPresent(text -> config.put("kinesis.iterator-offset-seconds", text));
    assertThat(parse(config).sessionDefaults().defaultStart()).isEqualTo(new Start.Ago(back));
  }

  @Test
  void oldStartNotFromATimestamp_isTheTrimHorizon() {
    Map<String, String> config =
        Map.of("kinesis.iter-from-timestamp", "false", "kinesis.iter-offset-seconds", "60");
    assertThat(parse(config).sessionDefaults().defaultStart()).isEqualTo(new Start.TrimHorizon());
  }

  @Test
  void oldNameBesideItsSuccessor_isNotUsed() {
    CatalogOptions options =
        parse(Map.of("kinesis.start", "trim-horizon", "kinesis.iterator-offset-seconds", "60"));
    assertThat(options.sessionDefaults().defaultStart()).isEqualTo(new Start.TrimHorizon());
    assertThat(options.warnings()).singleElement().asString().contains("is not used");
  }

  @Test
  void everythingWrong_isSaidAtOnce() {
    assertThat(
            problems(
                Map.of(
                    "kinesis.aws-regoin", "eu-west-1",
                    "kinesis.on-bad", "skipp",
                    "kinesis.batch-size", "many",
                    "kinesis.patience", "forever",
                    "kinesis.access-key", "AKIA1")))
        .containsExactlyInAnyOrder(
            "'kinesis.aws-regoin' is not a property of this catalog. Did you mean"
                + " 'kinesis.aws-region'?",
            "kinesis.on-bad is 'skipp'; allowed: null, skip, fail. Did you mean 'skip'?",
            "kinesis.batch-size is 'many'; allowed: a whole number, at least 1.",
            "kinesis.patience is 'forever'; allowed: a duration such as 500ms, 30s, 10m, 24h or"
                + " 7d.",
            "kinesis.access-key and kinesis.secret-key go together, and only kinesis.access-key is"
                + " there. Write the other, or remove both to have credentials found");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kinesis.hide-internal-columns | yes",
        "kinesis.max-batches | 0",
        "kinesis.start | latest",
        "kinesis.start | tomorrow",
        "kinesis.read-until | trim-horizon",
        "kinesis.endpoint-url | 127.0.0.1:4567",
        "kinesis.endpoint-url | http://me:hush@host",
        "kinesis.role-arn | reader",
        "kinesis.buffer-size | 1MB",
        "kinesis.buffer-size | 5000000",
        "kinesis.checkpoint-store | somewhere",
        "kinesis.checkpoint-store | dynamodb:x",
        "kinesis.checkpoint-logical-name | a#b",
        "kinesis.iteration-number | -1",
        "kinesis.table-description-refresh-interval | 4000d",
        "kinesis.iterator-offset-seconds | -5",
        "kinesis.session-token | alone",
        "kinesis.role-external-id | alone",
        "unknown | 1",
        "aws-region | eu-west-1"
      })
  void wrongValue_isOneLineThatNamesTheKey(String key, String value) {
    assertThat(problems(Map.of(key, value))).singleElement().asString().contains(key);
  }

  @Test
  void keyWithoutPrefix_hasAHint() {
    assertThat(problems(Map.of("aws-region", "eu-west-1")))
        .singleElement()
        .asString()
        .endsWith("Did you mean 'kinesis.aws-region'?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void blankValue_isNone(String blank) {
    CatalogOptions options =
        parse(Map.of("kinesis.access-key", blank, "kinesis.table-descriptions-s3", blank));
    assertThat(options.aws().access().keys()).isEmpty();
    assertThat(options.definitionsLocation()).isEqualTo("etc/kinesis/");
    assertThat(options.warnings()).isEmpty();
  }

  @Test
  void batchSizeBeyondTheServices_isTheServices() {
    CatalogOptions options = parse(Map.of("kinesis.batch-size", "50000"));
    assertThat(options.sessionDefaults().batchSize()).isEqualTo(10_000);
    assertThat(options.warnings()).singleElement().asString().contains("10000");
  }

  @Test
  void capacities_areThoseOfATableThatIsMade() {
    Map<String, String> config =
        new HashMap<>(
            Map.of("kinesis.dynamo-read-capacity", "5", "kinesis.dynamo-write-capacity", "6"));
    assertThat(parse(config).warnings()).singleElement().asString().contains("create-table");
    config.put("kinesis.checkpoint-create-table", "true");
    assertThat(parse(config).checkpoints().absentTable())
        .isEqualTo(new AbsentTable.CreateProvisioned(5, 6));
    config.remove("kinesis.dynamo-write-capacity");
    assertThat(problems(config)).singleElement().asString().contains("go together");
  }

  @Test
  void definitionsAccess_comesBeforeTheCatalogs() {
    CatalogOptions options =
        parse(
            Map.of(
                "kinesis.access-key", "AKIA1",
                "kinesis.secret-key", "hush",
                "kinesis.role-arn", "arn:aws:iam::123456789012:role/catalog"));
    StreamAccess.Role own =
        new StreamAccess.Role(
            "arn:aws:iam::123456789012:role/own", Optional.empty(), Optional.empty());
    StreamAccess merged =
        options
            .aws(
                new StreamAccess(
                    Optional.of("eu-west-1"), Optional.empty(), Optional.of(own), Optional.empty()))
            .access();
    assertThat(merged.role()).contains(own);
    assertThat(merged.region()).contains("eu-west-1");
    assertThat(merged.keys().orElseThrow().accessKey()).isEqualTo("AKIA1");
    assertThat(options.aws(StreamAccess.AMBIENT).access()).isEqualTo(options.aws().access());
  }

  @Test
  void secrets_areInNoText() {
    String secret = "3x7RaSecretWord";
    Map<String, String> config = new HashMap<>(Map.of("kinesis.access-key", "AKIA1"));
    CatalogOptions.secretKeys().forEach(key -> config.put(key, secret));
    config.put("kinesis.role-arn", "arn:aws:iam::123456789012:role/reader");
    CatalogOptions options = parse(config);
    assertThat(options.aws().access().keys().orElseThrow().secretKey()).isEqualTo(secret);
    assertThat(options.toString()).doesNotContain(secret);
    assertThat(options.aws().access().toString()).doesNotContain(secret);
    assertThat(options.warnings().toString()).doesNotContain(secret);
    assertThat(options.sessionDefaults().encode().toString()).doesNotContain(secret);

    config.put("kinesis.on-bad", "wrong");
    config.put("kinesis.role-external-id", secret + " with blanks");
    assertThat(problems(config)).hasSize(2).noneMatch(line -> line.contains(secret));
    config.remove("kinesis.access-key");
    assertThat(problems(config)).noneMatch(line -> line.contains(secret));
  }

  @Test
  void secretKeys_areTheThreeSecrets() {
    assertThat(CatalogOptions.secretKeys())
        .containsExactlyInAnyOrder(
            "kinesis.secret-key", "kinesis.session-token", "kinesis.role-external-id");
  }

  @Test
  void addressWithAPassword_isShownWithoutIt() {
    assertThatThrownBy(() -> parse(Map.of("kinesis.endpoint-url", "http://me:hush@host")))
        .hasMessageNotContaining("hush");
  }
}
