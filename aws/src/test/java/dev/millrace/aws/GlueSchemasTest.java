package dev.millrace.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.millrace.decode.schema.RegisteredSchema;
import dev.millrace.decode.schema.RegisteredSchema.Kind;
import dev.millrace.decode.schema.UnknownSchemaException;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.StreamRef;
import dev.millrace.table.StreamAccess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Glue's JSON protocol, spoken by a server of a few lines. */
class GlueSchemasTest {
  private static final UUID VERSION = UUID.fromString("fedcba98-7654-3210-8123-456789abcdef");
  private static final String FOUND =
      "{\"SchemaVersionId\":\"x\",\"SchemaDefinition\":\"{\\\"type\\\":\\\"int\\\"}\","
          + "\"DataFormat\":\"AVRO\",\"Status\":\"AVAILABLE\"}";

  private record Reply(int status, String body) {}

  private final Deque<Reply> replies = new ArrayDeque<>();
  private final List<String> requests = new ArrayList<>();
  private final List<Long> pauses = new ArrayList<>();
  private HttpServer server;
  private GlueSchemas schemas;

  GlueSchemasTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    schemas =
        new GlueSchemas(
            AwsOptions.atEndpoint(URI.create("http://127.0.0.1:" + server.getAddress().getPort())),
            () -> Instant.EPOCH,
            pauses::add);
  }

  @BeforeEach
  void start() {
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    schemas.close();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    boolean signed =
        authorization != null
            && authorization.startsWith("AWS4-HMAC-SHA256")
            && authorization.contains("/us-east-1/glue/aws4_request");
    requests.add(
        exchange.getRequestHeaders().getFirst("X-Amz-Target")
            + " "
            + exchange.getRequestHeaders().getFirst("Content-Type")
            + " "
            + body
            + (signed ? "" : " not signed"));
    Reply reply = replies.remove();
    byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(reply.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private void reply(int status, String body) {
    replies.add(new Reply(status, body));
  }

  private static String error(String code) {
    return "{\"__type\":\"" + code + "\",\"Message\":\"said the service\"}";
  }

  @Test
  void version_isAskedForOnce() throws UnknownSchemaException {
    reply(200, FOUND);
    assertThat(schemas.find(VERSION))
        .isEqualTo(new RegisteredSchema(Kind.AVRO, "{\"type\":\"int\"}"));
    assertThat(schemas.find(VERSION).kind()).isEqualTo(Kind.AVRO);
    assertThat(requests)
        .containsExactly(
            "AWSGlue.GetSchemaVersion application/x-amz-json-1.1 {\"SchemaVersionId\":\""
                + VERSION
                + "\"}");
  }

  @Test
  void versionThatIsNotThere_isTheMessagesFault() {
    reply(400, error("EntityNotFoundException"));
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> schemas.find(VERSION))
          .isInstanceOf(UnknownSchemaException.class)
          .hasMessageContaining("has no schema version " + VERSION + ": said the service");
    }
    assertThat(requests).hasSize(1);
  }

  @Test
  void versionThatFailed_isTheMessagesFault() {
    reply(200, FOUND.replace("AVAILABLE", "FAILURE"));
    assertThatThrownBy(() -> schemas.find(VERSION))
        .isInstanceOf(UnknownSchemaException.class)
        .hasMessageContaining("its status is FAILURE");
  }

  @Test
  void versionThatIsBeingChecked_isAskedForLater() throws UnknownSchemaException {
    for (int i = 0; i < 5; i++) {
      reply(200, FOUND.replace("AVAILABLE", "PENDING"));
    }
    assertThat(failure()).isEqualTo(ErrorCode.EXTERNAL);
    reply(200, FOUND);
    assertThat(schemas.find(VERSION).kind()).isEqualTo(Kind.AVRO);
  }

  @Test
  void sentenceOfTheService_endsOnce() {
    reply(400, error("EntityNotFoundException").replace("service", "service."));
    assertThatThrownBy(() -> schemas.find(VERSION)).hasMessageContaining("service. Was the");
  }

  @Test
  void registry_isInTheStreamsRegion() {
    StreamRef stream = StreamRef.parse("arn:aws:kinesis:eu-west-1:123456789012:stream/orders");
    StreamAccess said =
        new StreamAccess(
            Optional.of("eu-north-1"), Optional.empty(), Optional.empty(), Optional.empty());
    assertThat(GlueSchemas.access(StreamAccess.AMBIENT, stream).region()).contains("eu-west-1");
    assertThat(GlueSchemas.access(said, stream)).isEqualTo(said);
    assertThat(GlueSchemas.access(StreamAccess.AMBIENT, StreamRef.parse("orders")))
        .isEqualTo(StreamAccess.AMBIENT);
  }

  private ErrorCode failure() {
    try {
      schemas.find(VERSION);
    } catch (MillraceException e) {
      assertThat(e).hasMessageStartingWith("Cannot read schema version " + VERSION);
      return e.code();
    } catch (UnknownSchemaException e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("found");
  }

  @Test
  void accessDenied_failsTheReadingAndNamesThePermission() {
    reply(400, error("com.amazonaws.glue#AccessDeniedException"));
    assertThatThrownBy(() -> schemas.find(VERSION))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("AccessDeniedException: said the service")
        .hasMessageEndingWith("Reading needs glue:GetSchemaVersion");
    reply(403, "<html>");
    assertThat(failure()).isEqualTo(ErrorCode.ACCESS);
  }

  @Test
  void throttledCall_isMadeAgainLater() throws UnknownSchemaException {
    reply(400, error("ThrottlingException"));
    reply(503, "");
    reply(200, FOUND);
    assertThat(schemas.find(VERSION).kind()).isEqualTo(Kind.AVRO);
    assertThat(pauses).containsExactly(100_000_000L, 200_000_000L);
  }

  @Test
  void outage_failsTheReadingAndIsNotRemembered() throws UnknownSchemaException {
    for (int i = 0; i < 5; i++) {
      reply(500, error("InternalServiceException"));
    }
    assertThat(failure()).isEqualTo(ErrorCode.EXTERNAL);
    assertThat(pauses).containsExactly(100_000_000L, 200_000_000L, 400_000_000L, 800_000_000L);
    reply(200, FOUND);
    assertThat(schemas.find(VERSION).kind()).isEqualTo(Kind.AVRO);
  }

  @Test
  void signatureError_repeatsNothingOfTheRequest() {
    reply(403, "{\"__type\":\"InvalidSignatureException\",\"message\":\"hush\"}");
    assertThatThrownBy(() -> schemas.find(VERSION))
        .hasMessageContaining("the signature is not accepted")
        .hasMessageNotContaining("hush");
  }

  @Test
  void endpointThatIsDown_isAnOutage() {
    server.stop(0);
    assertThat(failure()).isEqualTo(ErrorCode.EXTERNAL);
  }
}
