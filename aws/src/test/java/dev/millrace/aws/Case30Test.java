package dev.millrace.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.Fault;
import dev.millrace.emulator.FaultScope;
import dev.millrace.emulator.KinesisEmulator;
import dev.millrace.read.ConsumerArn;
import dev.millrace.read.KinesisException;
import dev.millrace.read.KinesisException.Kind;
import dev.millrace.read.ShardFilter;
import dev.millrace.read.ShardIterator;
import dev.millrace.stream.Position;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * The last of the thirty cases: credential expiry, KMS denied or throttled, a JSON error under
 * CBOR, FIPS, dual-stack and cross-account ARN endpoints.
 */
@Timeout(120)
class Case30Test {
  private static final String ARN = "arn:aws:kinesis:eu-west-1:123456789012:stream/orders";
  private static final StreamRef THEIRS = StreamRef.parse(ARN);
  private static final StreamRef OURS = StreamRef.parse("orders");
  private static final ShardId SHARD = new ShardId("shardId-000000000000");
  private static final ConsumerArn CONSUMER = new ConsumerArn(ARN + "/consumer/reader:1");

  @TempDir Path home;
  private final Map<String, String> environment = new HashMap<>();

  /** A request as it would have been sent. */
  private record Sent(String host, String body, String authorization) {}

  /** Keeps requests, and lets them go or not. */
  private static final class Watch implements ExecutionInterceptor {
    private final List<Sent> sent = new CopyOnWriteArrayList<>();
    private final boolean stops;

    Watch(boolean stops) {
      this.stops = stops;
    }

    @Override
    public void beforeTransmission(
        Context.BeforeTransmission context, ExecutionAttributes attributes) {
      SdkHttpRequest request = context.httpRequest();
      sent.add(
          new Sent(
              request.host(),
              context.requestBody().map(Watch::text).orElse(""),
              request.firstMatchingHeader("Authorization").orElse("")));
      if (stops) {
        throw SdkClientException.create("stopped by the test");
      }
    }

    private static String text(RequestBody body) {
      try (var stream = body.contentStreamProvider().newStream()) {
        return new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private AwsOptions options(Optional<URI> endpoint) {
    environment.putIfAbsent("HOME", home.toString());
    environment.putIfAbsent("AWS_EC2_METADATA_DISABLED", "true");
    environment.putIfAbsent("AWS_ACCESS_KEY_ID", "OLD");
    environment.putIfAbsent("AWS_SECRET_ACCESS_KEY", "secret");
    return new AwsOptions(Optional.of("eu-west-1"), Optional.empty(), endpoint, environment);
  }

  /** What a call would have sent, which fails for not being sent. */
  private Sent sentBy(Consumer<AwsKinesis> call) {
    Watch watch = new Watch(true);
    try (AwsKinesis kinesis =
        AwsKinesis.connect(AwsConnection.of(options(Optional.empty())).withListener(watch))) {
      assertThatThrownBy(() -> call.accept(kinesis)).hasMessageContaining("stopped by the test");
    }
    assertThat(watch.sent).hasSize(1);
    return watch.sent.get(0);
  }

  private static void getRecords(AwsKinesis kinesis, StreamRef stream) {
    kinesis.getRecords(stream, SHARD, new ShardIterator("iterator"), 10);
  }

  private static void subscribe(AwsKinesis kinesis) {
    kinesis.subscribe(OURS, SHARD, CONSUMER, Position.latest());
  }

  private void config(String text) throws IOException {
    Files.createDirectories(home.resolve(".aws"));
    Files.writeString(home.resolve(".aws/config"), text);
  }

  @Test
  void plainEndpoint_isTheRegions() {
    assertThat(sentBy(kinesis -> getRecords(kinesis, OURS)).host())
        .isEqualTo("kinesis.eu-west-1.amazonaws.com");
  }

  @Test
  void fipsEndpoint_isCalledWhereTheEnvironmentSaysSo() {
    environment.put("AWS_USE_FIPS_ENDPOINT", "true");
    assertThat(sentBy(kinesis -> getRecords(kinesis, OURS)).host())
        .isEqualTo("kinesis-fips.eu-west-1.amazonaws.com");
    assertThat(sentBy(Case30Test::subscribe).host())
        .isEqualTo("123456789012.data-kinesis-fips.eu-west-1.amazonaws.com");
  }

  @Test
  void dualStackEndpoint_isCalledWhereTheEnvironmentSaysSo() {
    environment.put("AWS_USE_DUALSTACK_ENDPOINT", "true");
    assertThat(sentBy(kinesis -> getRecords(kinesis, OURS)).host())
        .isEqualTo("kinesis.eu-west-1.api.aws");
    assertThat(sentBy(Case30Test::subscribe).host())
        .isEqualTo("123456789012.data-kinesis.eu-west-1.api.aws");
  }

  @Test
  void fipsAndDualStackEndpoint_areCalledWhereTheProfileSaysSo() throws IOException {
    config("[default]\nuse_fips_endpoint=true\nuse_dualstack_endpoint=true\n");
    assertThat(sentBy(kinesis -> getRecords(kinesis, OURS)).host())
        .isEqualTo("kinesis-fips.eu-west-1.api.aws");
  }

  @Test
  void environment_isAskedBeforeTheProfile() throws IOException {
    config("[default]\nuse_fips_endpoint=true\n");
    environment.put("AWS_USE_FIPS_ENDPOINT", "false");
    assertThat(sentBy(kinesis -> getRecords(kinesis, OURS)).host())
        .isEqualTo("kinesis.eu-west-1.amazonaws.com");
  }

  @Test
  void endpointThatIsNamed_isCalledAsItIs() {
    environment.put("AWS_USE_FIPS_ENDPOINT", "true");
    environment.put("AWS_USE_DUALSTACK_ENDPOINT", "true");
    environment.put("AWS_ENDPOINT_URL", "https://kinesis.example.com");
    assertThat(sentBy(kinesis -> getRecords(kinesis, OURS)).host())
        .isEqualTo("kinesis.example.com");
  }

  @Test
  void arnOfAnotherAccount_isSentInEveryCall_toThatAccountsEndpoint() {
    List<Consumer<AwsKinesis>> control =
        List.of(
            kinesis -> kinesis.summary(THEIRS),
            kinesis -> kinesis.listShards(THEIRS, ShardFilter.fromTrimHorizon(), Optional.empty()));
    List<Consumer<AwsKinesis>> data =
        List.of(
            kinesis -> kinesis.shardIterator(THEIRS, SHARD, Position.latest()),
            kinesis -> getRecords(kinesis, THEIRS));
    assertThat(control).allSatisfy(call -> assertTheirs(call, "control"));
    assertThat(data).allSatisfy(call -> assertTheirs(call, "data"));
    assertThat(sentBy(Case30Test::subscribe).host())
        .isEqualTo("123456789012.data-kinesis.eu-west-1.amazonaws.com");
  }

  private void assertTheirs(Consumer<AwsKinesis> call, String kind) {
    Sent sent = sentBy(call);
    assertThat(sent.host()).isEqualTo("123456789012." + kind + "-kinesis.eu-west-1.amazonaws.com");
    assertThat(sent.body()).contains("StreamARN").contains(ARN).doesNotContain("StreamName");
  }

  @Test
  void consumersOfAnotherAccount_areAskedForByTheirArn() {
    assertThat(sentBy(kinesis -> kinesis.consumers().register(ARN, "reader")).body())
        .contains("StreamARN")
        .contains(ARN);
    assertThat(sentBy(kinesis -> kinesis.consumers().consumers(ARN, Optional.empty())).body())
        .contains(ARN);
    assertThat(sentBy(kinesis -> kinesis.consumers().find(CONSUMER)).body())
        .contains("ConsumerARN")
        .contains(CONSUMER.value());
    assertThat(sentBy(kinesis -> kinesis.consumers().deregister(CONSUMER)).host())
        .isEqualTo("123456789012.control-kinesis.eu-west-1.amazonaws.com");
  }

  private static KinesisException failure(AwsKinesis kinesis) {
    return catchThrowableOfType(KinesisException.class, () -> getRecords(kinesis, OURS));
  }

  @Test
  void keyThatMayNotBeUsed_isAccessDenied_andAKeyTooBusyIsAThrottle() {
    try (KinesisEmulator emulator = KinesisEmulator.start(EmulatorOptions.defaults());
        AwsKinesis kinesis = AwsKinesis.connect(AwsOptions.atEndpoint(emulator.endpoint()))) {
      FaultScope getRecords = FaultScope.operation("GetRecords");
      for (String code :
          List.of(
              "KMSAccessDeniedException",
              "KMSDisabledException",
              "KMSInvalidStateException",
              "KMSNotFoundException",
              "KMSOptInRequired")) {
        emulator.faults().next(1, Fault.refusal(code), getRecords);
        assertThat(failure(kinesis))
            .hasMessageContaining(code)
            .hasMessageContaining("kms:Decrypt")
            .extracting(KinesisException::kind)
            .isEqualTo(Kind.ACCESS_DENIED);
      }
      emulator.faults().next(1, Fault.refusal("KMSThrottlingException"), getRecords);
      assertThat(failure(kinesis).kind()).isEqualTo(Kind.THROTTLED);
    }
  }

  private KinesisException failureOf(int status, String contentType, String body)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", contentType);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    try (AwsKinesis kinesis = AwsKinesis.connect(AwsOptions.atEndpoint(endpoint))) {
      return failure(kinesis);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void jsonErrorUnderCbor_isUnderstood() throws IOException {
    String body = "{\"__type\":\"ExpiredIteratorException\",\"message\":\"Iterator expired.\"}";
    assertThat(failureOf(400, "application/x-amz-json-1.1", body))
        .hasMessageContaining("Iterator expired.")
        .extracting(KinesisException::kind)
        .isEqualTo(Kind.ITERATOR_EXPIRED);
    String wide =
        "{\"Message\":\"the \\\"stream\\\" is gone\",\"__type\":\"com.amazonaws#ResourceNotFoundException\"}";
    assertThat(failureOf(400, "application/json", wide))
        .hasMessageContaining("the \"stream\" is gone")
        .extracting(KinesisException::kind)
        .isEqualTo(Kind.NOT_FOUND);
  }

  @Test
  void errorOfAProxy_isWhatItsStatusSays() throws IOException {
    String page = "<html><body>Bad gateway</body></html>";
    assertThat(failureOf(502, "text/html", page).kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failureOf(403, "text/html", page).kind()).isEqualTo(Kind.ACCESS_DENIED);
    assertThat(failureOf(429, "text/html", page).kind()).isEqualTo(Kind.THROTTLED);
  }

  @Test
  void credentialsThatExpired_areReplacedWithTheNextCall() {
    Watch watch = new Watch(false);
    try (KinesisEmulator emulator = KinesisEmulator.start(EmulatorOptions.defaults());
        AwsKinesis kinesis =
            AwsKinesis.connect(
                AwsConnection.of(options(Optional.of(emulator.endpoint()))).withListener(watch))) {
      emulator.streams().createStream("orders", 1);
      String consumer = emulator.streams().registerConsumer("orders", "reader");
      emulator.faults().next(1, Fault.expiredCredentials(), FaultScope.anyCall());

      KinesisException failure =
          catchThrowableOfType(KinesisException.class, () -> kinesis.summary(OURS));
      assertThat(failure.kind()).isEqualTo(Kind.CREDENTIALS_EXPIRED);
      environment.put("AWS_ACCESS_KEY_ID", "NEW");
      assertThat(kinesis.summary(OURS).openShards()).isEqualTo(1);
      kinesis
          .subscribe(OURS, SHARD, new ConsumerArn(consumer), Position.latest())
          .subscription()
          .close();
    }
    assertThat(watch.sent)
        .extracting(sent -> sent.authorization().replaceAll(".*Credential=([^/]*)/.*", "$1"))
        .containsExactly("OLD", "NEW", "NEW");
  }

  @Test
  void credentialsInAFile_areReadAgainWhenItChanges() throws IOException {
    environment.put("AWS_ACCESS_KEY_ID", "");
    Path file = home.resolve(".aws/credentials");
    Files.createDirectories(home.resolve(".aws"));
    Files.writeString(file, "[default]\naws_access_key_id=OLD\naws_secret_access_key=secret\n");
    AwsConnection connection = AwsConnection.of(options(Optional.empty()));
    assertThat(connection.credentials().resolveCredentials().accessKeyId()).isEqualTo("OLD");

    Files.writeString(file, "[default]\naws_access_key_id=NEWER\naws_secret_access_key=secret\n");
    Files.setLastModifiedTime(
        file, java.nio.file.attribute.FileTime.from(java.time.Instant.now().plusSeconds(5)));

    FanOutFixture.await(
        "the new credentials",
        () -> connection.credentials().resolveCredentials().accessKeyId().equals("NEWER"));
  }
}
