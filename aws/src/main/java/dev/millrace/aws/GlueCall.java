package dev.millrace.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.aws.JsonCall.Answer;
import dev.millrace.aws.JsonCall.Service;
import dev.millrace.decode.schema.RegisteredSchema;
import dev.millrace.decode.schema.RegisteredSchema.Kind;
import dev.millrace.decode.schema.UnknownSchemaException;
import dev.millrace.read.Pause;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The one operation of Glue that reading needs, {@code GetSchemaVersion}; the SDK's own client for
 * Glue has some hundred operations more and takes ten megabytes.
 */
final class GlueCall implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_ATTEMPTS = 5;
  private static final long FIRST_PAUSE_MILLIS = 100;

  /** A schema has at most 170,000 characters. */
  private static final int MAX_ANSWER = 4 << 20;

  private static final Service GLUE =
      new Service("glue", "AWSGlue", "application/x-amz-json-1.1", MAX_ANSWER);

  private final JsonCall glue;
  private final Pause pause;

  private GlueCall(JsonCall glue, Pause pause) {
    this.glue = glue;
    this.pause = pause;
  }

  static GlueCall connect(AwsConnection connection, Pause pause) {
    return new GlueCall(JsonCall.connect(connection, GLUE), pause);
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
    try {
      return glue.send(
          "GetSchemaVersion", JSON.createObjectNode().put("SchemaVersionId", version.toString()));
    } catch (SdkException e) {
      throw failure(version, ErrorCode.ACCESS, Failures.firstLine(e), e);
    }
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
            ? failure(version, ErrorCode.EXTERNAL, answer.refusal(), null)
            : failure(version, ErrorCode.ACCESS, answer.refusal() + advice(code), null);
      }
    }
  }

  private static String advice(String code) {
    return code.startsWith("AccessDenied") ? ". Reading needs glue:GetSchemaVersion" : "";
  }

  private String reason(IOException failure) {
    return JsonCall.reason(failure) + glue.settings().in(". Check {region} and {endpoint}");
  }

  private String where() {
    return glue.where();
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
    glue.close();
  }
}
