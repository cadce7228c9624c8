package dev.millrace.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.decode.schema.RegisteredSchema;
import dev.millrace.decode.schema.RegisteredSchema.Kind;
import dev.millrace.decode.schema.UnknownSchemaException;
import dev.millrace.read.Pause;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.regions.EndpointTag;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceEndpointKey;
import software.amazon.awssdk.regions.ServiceMetadata;

/**
 * The one operation of Glue that reading needs, {@code GetSchemaVersion}, with the SDK's signer and
 * HTTP client; the SDK's own client for Glue has some hundred operations more and takes ten
 * megabytes.
 */
final class GlueCall implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_ATTEMPTS = 5;
  private static final long FIRST_PAUSE_MILLIS = 100;

  /** A schema has at most 170,000 characters. */
  private static final int MAX_ANSWER = 4 << 20;

  private final SdkHttpClient http;
  private final AwsConnection connection;
  private final URI endpoint;
  private final Pause pause;

  private record Answer(int status, JsonNode body) {
    /** Some put the name into a name space, some an address behind it. */
    String code() {
      String type = body.path("__type").asText(body.path("code").asText(""));
      return type.substring(type.lastIndexOf('#') + 1).replaceFirst(":.*", "");
    }

    String message() {
      String text = body.path("Message").asText(body.path("message").asText("no message"));
      String line = text.lines().findFirst().orElse("no message");
      return line.length() <= 300 ? clause(line) : line.substring(0, 300) + "…";
    }
  }

  private GlueCall(SdkHttpClient http, AwsConnection connection, Pause pause) {
    this.http = http;
    this.connection = connection;
    this.endpoint = connection.target().endpoint().orElseGet(() -> ofRegion(connection.target()));
    this.pause = pause;
  }

  static GlueCall connect(AwsConnection connection, Pause pause) {
    Apache5HttpClient.Builder http =
        Apache5HttpClient.builder()
            .connectionTimeout(Duration.ofSeconds(5))
            .socketTimeout(Duration.ofSeconds(30));
    connection.trust().ifPresent(http::tlsTrustManagersProvider);
    return new GlueCall(http.build(), connection, pause);
  }

  private static URI ofRegion(Target target) {
    List<EndpointTag> tags = new ArrayList<>();
    if (target.kind().fips()) {
      tags.add(EndpointTag.FIPS);
    }
    if (target.kind().dualStack()) {
      tags.add(EndpointTag.DUALSTACK);
    }
    URI host =
        ServiceMetadata.of("glue")
            .endpointFor(
                ServiceEndpointKey.builder().region(Region.of(target.region())).tags(tags).build());
    return URI.create("https://" + host);
  }

  /**
   * Finds a version.
   *
   * @throws UnknownSchemaException where the registry has none
   * @throws MillraceException where the registry did not say
   */
  RegisteredSchema schemaVersion(UUID version) throws UnknownSchemaException {
    for (int attempt = 1; ; attempt++) {
      MillraceException failure;
      try {
        Answer answer = ask(version);
        if (answer.status() == 200) {
          if (!answer.body().path("Status").asText("").equals("PENDING")) {
            return schema(version, answer.body());
          }
          failure = pending(version);
        } else {
          failure = refused(version, answer);
        }
      } catch (IOException e) {
        failure = failure(version, ErrorCode.EXTERNAL, reason(e), e);
      }
      boolean passing =
          failure.code() == ErrorCode.THROTTLED || failure.code() == ErrorCode.EXTERNAL;
      if (!passing || attempt == MAX_ATTEMPTS) {
        throw failure;
      }
      pause(FIRST_PAUSE_MILLIS << (attempt - 1), failure);
    }
  }

  private void pause(long millis, MillraceException failure) {
    pause.nanos(millis * 1_000_000);
    if (Thread.currentThread().isInterrupted()) {
      throw failure;
    }
  }

  private Answer ask(UUID version) throws IOException {
    ContentStreamProvider body =
        ContentStreamProvider.fromUtf8String("{\"SchemaVersionId\":\"" + version + "\"}");
    SignedRequest signed = sign(version, body);
    HttpExecuteRequest request =
        HttpExecuteRequest.builder()
            .request(signed.request())
            .contentStreamProvider(signed.payload().orElse(body))
            .build();
    HttpExecuteResponse response = http.prepareRequest(request).call();
    int status = response.httpResponse().statusCode();
    if (response.responseBody().isEmpty()) {
      return new Answer(status, JSON.createObjectNode());
    }
    try (InputStream stream = response.responseBody().get()) {
      return new Answer(status, parse(status, stream.readNBytes(MAX_ANSWER)));
    }
  }

  private static JsonNode parse(int status, byte[] body) throws IOException {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      if (status == 200) {
        throw new IOException("the answer is not JSON", e);
      }
      return JSON.createObjectNode();
    }
  }

  private SignedRequest sign(UUID version, ContentStreamProvider body) {
    AwsCredentials credentials;
    try {
      credentials = connection.credentials().resolveCredentials();
    } catch (SdkException e) {
      throw failure(version, ErrorCode.ACCESS, Failures.firstLine(e), e);
    }
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(endpoint)
            .putHeader("Content-Type", "application/x-amz-json-1.1")
            .putHeader("X-Amz-Target", "AWSGlue.GetSchemaVersion")
            .build();
    return AwsV4HttpSigner.create()
        .sign(
            r ->
                r.identity(credentials)
                    .request(request)
                    .payload(body)
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "glue")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, connection.target().region()));
  }

  /** Not the message's fault: soon the version is there, or has failed for good. */
  private MillraceException pending(UUID version) {
    return failure(
        version,
        ErrorCode.EXTERNAL,
        "its status is PENDING, Glue is still checking it. Ask again later",
        null);
  }

  private RegisteredSchema schema(UUID version, JsonNode answer) throws UnknownSchemaException {
    String status = answer.path("Status").asText("AVAILABLE");
    String format = answer.path("DataFormat").asText("");
    Kind kind =
        switch (format) {
          case "AVRO" -> Kind.AVRO;
          case "JSON" -> Kind.JSON;
          case "PROTOBUF" -> Kind.PROTOBUF;
          default ->
              throw new UnknownSchemaException(
                  "schema version " + version + " is of the format '" + format + "'");
        };
    if (!status.equals("AVAILABLE")) {
      throw new UnknownSchemaException(
          "schema version " + version + " is not available in Glue, its status is " + status);
    }
    return new RegisteredSchema(kind, answer.path("SchemaDefinition").asText(""));
  }

  private MillraceException refused(UUID version, Answer answer) throws UnknownSchemaException {
    String code = answer.code();
    switch (code) {
      case "EntityNotFoundException", "InvalidInputException" ->
          throw UnknownSchemaException.absent(
              "Glue Schema Registry ("
                  + where()
                  + ") has no schema version "
                  + version
                  + ": "
                  + answer.message()
                  + ". Was the message written for another account or region?");
      case "ThrottlingException",
          "Throttling",
          "RequestLimitExceeded",
          "LimitExceededException" -> {
        return failure(version, ErrorCode.THROTTLED, code + ": " + answer.message(), null);
      }
      default -> {
        if (answer.status() == 429) {
          return failure(version, ErrorCode.THROTTLED, "status 429", null);
        }
        return answer.status() >= 500
            ? failure(version, ErrorCode.EXTERNAL, said(answer), null)
            : failure(version, ErrorCode.ACCESS, said(answer) + advice(code), null);
      }
    }
  }

  /** The text of a signature error holds the canonical request, and with it a session token. */
  private static String said(Answer answer) {
    String code = answer.code();
    if (code.contains("Signature")) {
      return code
          + ": the signature is not accepted. Check the secret key and this machine's clock";
    }
    return code.isEmpty() ? "status " + answer.status() : code + ": " + answer.message();
  }

  private static String advice(String code) {
    return code.startsWith("AccessDenied") ? ". Reading needs glue:GetSchemaVersion" : "";
  }

  /** Without its full stop: more of the sentence follows. */
  private static String clause(String said) {
    String text = said.strip();
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }

  private static String reason(IOException failure) {
    return failure.getClass().getSimpleName()
        + ": "
        + clause(String.valueOf(failure.getMessage()))
        + ". Check --region and --endpoint-url";
  }

  private String where() {
    return connection.target().toString();
  }

  private MillraceException failure(
      UUID version, ErrorCode code, String detail, @Nullable Throwable cause) {
    return new MillraceException(
        code,
        "Cannot read schema version "
            + version
            + " from Glue Schema Registry ("
            + where()
            + "): "
            + detail,
        cause);
  }

  @Override
  public void close() {
    http.close();
    connection.close();
  }
}
