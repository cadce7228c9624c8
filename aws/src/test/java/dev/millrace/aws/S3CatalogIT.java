package dev.millrace.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.table.DefinitionFiles;
import dev.millrace.table.DefinitionProblem;
import dev.millrace.table.Definitions;
import dev.millrace.table.RefreshingCatalog;
import dev.millrace.table.json.JsonCatalog;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Definitions in a real S3 server. */
@Timeout(120)
class S3CatalogIT {
  private static final int PAGE_KEYS = 3;
  private static final AtomicInteger BUCKETS = new AtomicInteger();

  private static Optional<S3Server> running = Optional.empty();

  private final String bucket = "definitions-" + BUCKETS.incrementAndGet();
  private final List<SdkRequest> calls = new CopyOnWriteArrayList<>();
  private final List<DefinitionFiles> opened = new ArrayList<>();

  /** What happens to a key's reading before it is sent. */
  private final Map<String, Runnable> mishaps = new ConcurrentHashMap<>();

  @BeforeAll
  static void start() {
    running = Optional.of(S3Server.start());
  }

  @AfterAll
  static void stop() {
    running.ifPresent(S3Server::close);
  }

  private static S3Server server() {
    return running.orElseThrow();
  }

  @BeforeEach
  void createBucket() {
    server().createBucket(bucket);
  }

  @AfterEach
  void close() {
    opened.forEach(DefinitionFiles::close);
  }

  private void put(String key, String text) {
    server().put(bucket, key, text);
  }

  private static String table(String name) {
    return "{\"tableName\": \"%s\", \"streamName\": \"s\"}".formatted(name);
  }

  private S3Files files(String location) {
    return files(location, AwsOptions.atEndpoint(server().endpoint()));
  }

  private S3Files files(String location, AwsOptions options) {
    ExecutionInterceptor watch =
        new ExecutionInterceptor() {
          @Override
          public void beforeExecution(
              Context.BeforeExecution context, ExecutionAttributes attributes) {
            calls.add(context.request());
            if (context.request() instanceof GetObjectRequest get
                && mishaps.containsKey(get.key())) {
              mishaps.get(get.key()).run();
            }
          }
        };
    S3Files files =
        S3Files.connect(location, AwsConnection.toS3(options).withListener(watch), PAGE_KEYS);
    opened.add(files);
    return files;
  }

  private JsonCatalog catalog() {
    return new JsonCatalog(files("s3://" + bucket + "/tables"));
  }

  private static List<String> names(Definitions definitions) {
    return definitions.tables().stream().map(table -> table.name().table()).toList();
  }

  /** The objects read since this was last asked. */
  private List<String> read() {
    List<String> keys =
        calls.stream()
            .filter(GetObjectRequest.class::isInstance)
            .map(call -> ((GetObjectRequest) call).key())
            .sorted()
            .toList();
    calls.clear();
    return keys;
  }

  @Test
  void definitionsOfSeveralPages_areAllThere_inTheOrderOfTheirKeys() {
    List<String> expected = new ArrayList<>();
    for (int i = 10; i < 20; i++) {
      put("tables/" + i + ".json", table("t" + i));
      expected.add("t" + i);
    }
    Definitions definitions = catalog().load();
    assertThat(definitions.problems()).isEmpty();
    assertThat(names(definitions)).isEqualTo(expected);
    assertThat(definitions.tables().get(0).source())
        .isEqualTo("s3://" + bucket + "/tables/10.json");
    assertThat(calls).hasSizeGreaterThan(10 + 10 / PAGE_KEYS);
  }

  @Test
  void definitions_areTheJsonObjectsDirectlyBelowThePrefix() {
    put("tables/a.json", table("a"));
    put("tables/a.avsc", "{}");
    put("tables/deeper/b.json", table("b"));
    put("tables-of-others/c.json", table("c"));
    put("d.json", table("d"));
    assertThat(names(catalog().load())).containsExactly("a");
    assertThat(names(new JsonCatalog(files("s3://" + bucket)).load())).containsExactly("d");
    assertThat(names(new JsonCatalog(files("s3://" + bucket + "/tables/deeper/")).load()))
        .containsExactly("b");
  }

  @Test
  void onlyWhatChanged_isReadAgain() {
    put("tables/a.json", table("a"));
    put("tables/b.json", table("b"));
    put("tables/c.json", table("c"));
    JsonCatalog catalog = catalog();
    catalog.load();
    assertThat(read()).containsExactly("tables/a.json", "tables/b.json", "tables/c.json");

    put("tables/b.json", table("changed"));
    server().delete(bucket, "tables/c.json");
    put("tables/d.json", table("d"));
    assertThat(names(catalog.load())).containsExactly("a", "changed", "d");
    assertThat(read()).containsExactly("tables/b.json", "tables/d.json");

    assertThat(names(catalog.load())).containsExactly("a", "changed", "d");
    assertThat(read()).isEmpty();
  }

  @Test
  void oneBadFile_isReportedAndHidesNoOther() {
    put("tables/a.json", "{\"tableName\": ");
    put("tables/b.json", table("b"));
    put("tables/c.json", " ".repeat(DefinitionFiles.MAX_FILE_BYTES + 1));
    put("tables/d.json", table("B"));
    Definitions definitions = catalog().load();
    assertThat(names(definitions)).containsExactly("b");
    String prefix = "s3://" + bucket + "/tables/";
    assertThat(definitions.problems())
        .extracting(DefinitionProblem::toString)
        .satisfiesExactlyInAnyOrder(
            c ->
                assertThat(c)
                    .isEqualTo(
                        prefix + "c.json: the object has 8388609 bytes; at most 8388608 are read"),
            a -> assertThat(a).startsWith(prefix + "a.json: the JSON is broken at line 1"),
            d ->
                assertThat(d)
                    .startsWith(
                        prefix + "d.json, tableName: the table default.b is defined in " + prefix)
                    .contains("b.json already"));
  }

  private static Runnable refusing(int status, String code) {
    return () -> {
      throw S3Exception.builder()
          .statusCode(status)
          .awsErrorDetails(
              AwsErrorDetails.builder().errorCode(code).errorMessage("as the test wants").build())
          .build();
    };
  }

  @Test
  void objectThatMayNotBeRead_isReportedAndHidesNoOther() {
    put("tables/a.json", table("a"));
    put("tables/b.json", table("b"));
    mishaps.put("tables/a.json", refusing(403, "AccessDenied"));
    JsonCatalog catalog = catalog();
    Definitions definitions = catalog.load();
    assertThat(names(definitions)).containsExactly("b");
    assertThat(definitions.problems())
        .singleElement()
        .asString()
        .startsWith("s3://" + bucket + "/tables/a.json: ")
        .contains("AccessDenied: as the test wants", "s3:GetObject");
    mishaps.clear();
    assertThat(names(catalog.load())).containsExactly("a", "b");
  }

  @Test
  void objectThatIsDeletedWhileTheOthersAreRead_isGone() {
    put("tables/a.json", table("a"));
    put("tables/b.json", table("b"));
    mishaps.put("tables/a.json", () -> server().delete(bucket, "tables/a.json"));
    Definitions definitions = catalog().load();
    assertThat(names(definitions)).containsExactly("b");
    assertThat(definitions.problems()).isEmpty();
  }

  @Test
  void objectThatTheServiceFailsToGive_failsTheLoad() {
    put("tables/a.json", table("a"));
    put("tables/b.json", table("b"));
    mishaps.put("tables/a.json", refusing(503, "SlowDown"));
    assertThatThrownBy(catalog()::load)
        .isExactlyInstanceOf(MillraceException.class)
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.THROTTLED))
        .hasMessageStartingWith("Cannot read s3://" + bucket + "/tables/a.json (");
  }

  @Test
  void refreshOnDemand_findsWhatIsNewChangedAndGone() {
    put("tables/a.json", table("a"));
    put("tables/b.json", table("b"));
    RefreshingCatalog catalog =
        new RefreshingCatalog(bucket, catalog(), Duration.ofMinutes(10), () -> Instant.EPOCH);
    assertThat(names(catalog.load())).containsExactly("a", "b");
    server().delete(bucket, "tables/a.json");
    put("tables/b.json", "broken");
    put("tables/c.json", table("c"));
    assertThat(names(catalog.load())).containsExactly("a", "b");
    Definitions refreshed = catalog.refresh();
    assertThat(names(refreshed)).containsExactly("c");
    assertThat(refreshed.problems()).singleElement().asString().contains("/tables/b.json: ");
    put("tables/b.json", table("b"));
    assertThat(catalog.refresh().problems()).isEmpty();
    assertThat(names(catalog.load())).containsExactly("b", "c");
  }

  @Test
  void interval_readsAgain() {
    Instant[] now = {Instant.EPOCH};
    put("tables/a.json", table("a"));
    RefreshingCatalog catalog =
        new RefreshingCatalog(bucket, catalog(), Duration.ofMinutes(10), () -> now[0]);
    catalog.load();
    put("tables/b.json", table("b"));
    now[0] = Instant.EPOCH.plusSeconds(599);
    assertThat(names(catalog.load())).containsExactly("a");
    now[0] = Instant.EPOCH.plusSeconds(600);
    assertThat(names(catalog.load())).containsExactly("a", "b");
  }

  @Test
  void serverThatIsGone_leavesWhatIsKnown_andSaysSo() {
    try (S3Server ending = S3Server.start();
        S3Files files = files("s3://other", AwsOptions.atEndpoint(ending.endpoint()))) {
      ending.createBucket("other");
      ending.put("other", "a.json", table("a"));
      RefreshingCatalog catalog =
          new RefreshingCatalog(
              files.source(), new JsonCatalog(files), Duration.ZERO, () -> Instant.EPOCH);
      assertThat(catalog.load().problems()).isEmpty();
      ending.close();
      Definitions kept = catalog.load();
      assertThat(names(kept)).containsExactly("a");
      assertThat(kept.problems())
          .singleElement()
          .asString()
          .startsWith("s3://other/: the definitions read at 1970-01-01T00:00:00Z are still used")
          .contains("Cannot list s3://other/ (" + ending.endpoint() + "): ");
      assertThatThrownBy(new JsonCatalog(files)::load)
          .isInstanceOfSatisfying(
              MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.EXTERNAL));
    }
  }

  @Test
  void loadThatIsInterrupted_fails_andTheThreadStaysInterrupted() {
    put("tables/a.json", table("a"));
    S3Files files = files("s3://" + bucket + "/tables");
    Thread.currentThread().interrupt();
    assertThatThrownBy(files::load).isExactlyInstanceOf(MillraceException.class);
    assertThat(Thread.interrupted()).isTrue();
    mishaps.put("tables/a.json", Thread.currentThread()::interrupt);
    assertThatThrownBy(files::load)
        .isExactlyInstanceOf(MillraceException.class)
        .hasMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
    mishaps.clear();
    assertThat(files.load().files()).hasSize(1);
  }

  @Test
  void sibling_isReadByItsNameBelowThePrefix() {
    put("tables/a.avsc", "1");
    put("tables/schemas/b c.avsc", "2");
    put("secret", "3");
    S3Files files = files("s3://" + bucket + "/tables");
    assertThat(new String(files.sibling("a.avsc"), StandardCharsets.UTF_8)).isEqualTo("1");
    assertThat(new String(files.sibling("schemas/b c.avsc"), StandardCharsets.UTF_8))
        .isEqualTo("2");
    for (String name : List.of("../secret", "/secret", "", "a/../../secret")) {
      assertUnreadable(files, name, "without '..' and without a slash");
    }
    assertUnreadable(files, "none.avsc", "there is no such object");
    put("tables/large", " ".repeat(DefinitionFiles.MAX_FILE_BYTES + 1));
    assertUnreadable(files, "large", "8388608");
  }

  private void assertUnreadable(S3Files files, String name, String detail) {
    assertThatThrownBy(() -> files.sibling(name))
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DEFINITION))
        .hasMessageStartingWith(
            "The file '" + name + "', looked for in s3://" + bucket + "/tables/: ")
        .hasMessageContaining(detail);
  }

  @Test
  void prefixWithoutDefinitions_isOneClearProblem() {
    put("tables/readme.txt", "none yet");
    assertThat(catalog().load())
        .isEqualTo(
            new Definitions(
                List.of(),
                List.of(
                    new DefinitionProblem(
                        DefinitionProblem.Severity.ERROR,
                        "s3://" + bucket + "/tables/",
                        "",
                        "no object directly below this prefix has a name that ends in .json. Put"
                            + " one for each table there, or name another prefix"))));
  }

  @Test
  void missingBucket_isNotFound_inOneLine() {
    assertFails("s3://nowhere/x", AwsOptions.atEndpoint(server().endpoint()), ErrorCode.NOT_FOUND)
        .isEqualTo(
            "Cannot list s3://nowhere/x/ ("
                + server().endpoint()
                + "): NoSuchBucket: The specified bucket does not exist. Check the name of the"
                + " bucket, and --profile");
  }

  @Test
  void wrongCredentials_areDenied_withoutASecret() {
    Map<String, String> wrong =
        Map.of("AWS_ACCESS_KEY_ID", "local", "AWS_SECRET_ACCESS_KEY", "hush");
    assertFails("s3://" + bucket, at(server().endpoint(), wrong), ErrorCode.ACCESS)
        .startsWith("Cannot list s3://" + bucket + "/ (")
        .contains("Reading definitions needs s3:ListBucket on the bucket and s3:GetObject")
        .doesNotContain("hush");
  }

  @Test
  void deadEndpoint_isExternal() {
    assertFails(
            "s3://b0/x",
            AwsOptions.atEndpoint(URI.create("http://127.0.0.1:1")),
            ErrorCode.EXTERNAL)
        .startsWith("Cannot list s3://b0/x/ (http://127.0.0.1:1): ")
        .contains("refused");
  }

  private static AwsOptions at(URI endpoint, Map<String, String> environment) {
    return new AwsOptions(
        Optional.of("us-east-1"), Optional.empty(), Optional.of(endpoint), environment);
  }

  private org.assertj.core.api.AbstractStringAssert<?> assertFails(
      String location, AwsOptions options, ErrorCode code) {
    S3Files files = files(location, options);
    List<String> message = new ArrayList<>();
    assertThatThrownBy(files::load)
        .isExactlyInstanceOf(MillraceException.class)
        .isInstanceOfSatisfying(
            MillraceException.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              message.add(String.valueOf(e.getMessage()));
            });
    return assertThat(message.get(0)).doesNotContain("\n");
  }
}
