package dev.millrace.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.regions.EndpointTag;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceEndpointKey;
import software.amazon.awssdk.regions.ServiceMetadata;

/**
 * Single operations of services that speak AWS's JSON protocol, with the SDK's signer, HTTP client
 * and endpoint table, where the SDK's own client would bring megabytes for the rest of them.
 */
final class JsonCall implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SdkHttpClient http;
  private final AwsConnection connection;
  private final Service service;
  private final URI endpoint;

  /**
   * A service.
   *
   * @param name of its endpoints and in its signatures
   * @param target what stands before an operation's name
   * @param maxAnswer the most bytes an answer of its has
   */
  record Service(String name, String target, String contentType, int maxAnswer) {}

  /** What a service says. */
  record Answer(int status, JsonNode body) {
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

    /** The text of a signature error holds the canonical request, and with it a session token. */
    String refusal() {
      if (code().contains("Signature")) {
        return code()
            + ": the signature is not accepted. Check the secret key and this machine's clock";
      }
      return code().isEmpty() ? "status " + status : code() + ": " + message();
    }

    boolean isThrottling() {
      return status == 429
          || switch (code()) {
            case "ThrottlingException",
                "Throttling",
                "RequestLimitExceeded",
                "ProvisionedThroughputExceededException",
                "LimitExceededException" ->
                true;
            default -> false;
          };
    }
  }

  private JsonCall(SdkHttpClient http, AwsConnection connection, Service service) {
    this.http = http;
    this.connection = connection;
    this.service = service;
    this.endpoint = connection.target().endpoint().orElseGet(this::ofRegion);
  }

  /** Nothing is called yet. */
  static JsonCall connect(AwsConnection connection, Service service) {
    return new JsonCall(connection.http().build(), connection, service);
  }

  private URI ofRegion() {
    Target target = connection.target();
    List<EndpointTag> tags = new ArrayList<>();
    if (target.kind().fips()) {
      tags.add(EndpointTag.FIPS);
    }
    if (target.kind().dualStack()) {
      tags.add(EndpointTag.DUALSTACK);
    }
    URI host =
        ServiceMetadata.of(service.name())
            .endpointFor(
                ServiceEndpointKey.builder().region(Region.of(target.region())).tags(tags).build());
    return URI.create("https://" + host);
  }

  /**
   * Calls once.
   *
   * @throws SdkException where there are no credentials
   */
  Answer send(String operation, JsonNode body) throws IOException {
    ContentStreamProvider content = ContentStreamProvider.fromUtf8String(body.toString());
    SignedRequest signed = sign(operation, content);
    HttpExecuteRequest request =
        HttpExecuteRequest.builder()
            .request(signed.request())
            .contentStreamProvider(signed.payload().orElse(content))
            .build();
    HttpExecuteResponse response = http.prepareRequest(request).call();
    int status = response.httpResponse().statusCode();
    if (response.responseBody().isEmpty()) {
      return new Answer(status, JSON.createObjectNode());
    }
    try (InputStream stream = response.responseBody().get()) {
      return new Answer(status, parse(status, stream.readNBytes(service.maxAnswer())));
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

  private SignedRequest sign(String operation, ContentStreamProvider body) {
    AwsCredentials credentials = connection.credentials().resolveCredentials();
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(endpoint)
            .putHeader("Content-Type", service.contentType())
            .putHeader("X-Amz-Target", service.target() + "." + operation)
            .build();
    return AwsV4HttpSigner.create()
        .sign(
            r ->
                r.identity(credentials)
                    .request(request)
                    .payload(body)
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service.name())
                    .putProperty(AwsV4HttpSigner.REGION_NAME, connection.target().region()));
  }

  /** What was called, for messages. */
  String where() {
    return connection.target().toString();
  }

  SettingNames settings() {
    return connection.target().settings();
  }

  static String reason(IOException failure) {
    return failure.getClass().getSimpleName() + ": " + clause(String.valueOf(failure.getMessage()));
  }

  /** Without its full stop: more of the sentence follows. */
  private static String clause(String said) {
    String text = said.strip();
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }

  @Override
  public void close() {
    http.close();
    connection.close();
  }
}
