package dev.millrace.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.aws.JsonCall.Answer;
import dev.millrace.aws.JsonCall.Service;
import dev.millrace.read.Pause;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/** Operations of DynamoDB, tried again while they may still succeed. */
final class DynamoDbCall implements AutoCloseable {
  private static final int MAX_ATTEMPTS = 7;
  private static final long FIRST_PAUSE_MILLIS = 50;

  /** Of a query's page; an item has 400 KB at most. */
  private static final int MAX_ANSWER = 8 << 20;

  private static final Service DYNAMODB =
      new Service("dynamodb", "DynamoDB_20120810", "application/x-amz-json-1.0", MAX_ANSWER);

  private final JsonCall dynamoDb;
  private final String table;
  private final Pause pause;

  /**
   * What came of an operation.
   *
   * @param repeated it was tried before: the answer may tell of what an earlier try has done
   */
  record Outcome(Answer answer, boolean repeated) {
    boolean is(String code) {
      return answer.status() != 200 && answer.code().equals(code);
    }
  }

  DynamoDbCall(AwsConnection connection, String table, Pause pause) {
    this.dynamoDb = JsonCall.connect(connection, DYNAMODB);
    this.table = table;
    this.pause = pause;
  }

  /**
   * Calls.
   *
   * @param expected the codes of errors that are answers to the caller
   */
  Outcome send(String operation, JsonNode body, Set<String> expected) {
    for (int attempt = 1; ; attempt++) {
      MillraceException failure;
      try {
        Answer answer = dynamoDb.send(operation, body);
        if (answer.status() == 200 || expected.contains(answer.code())) {
          return new Outcome(answer, attempt > 1);
        }
        failure = refused(operation, answer);
      } catch (IOException e) {
        failure = failure(operation, ErrorCode.EXTERNAL, JsonCall.reason(e), e);
      } catch (SdkException e) {
        throw failure(operation, ErrorCode.ACCESS, Failures.firstLine(e), e);
      }
      boolean passing =
          failure.code() == ErrorCode.THROTTLED || failure.code() == ErrorCode.EXTERNAL;
      if (!passing || attempt == MAX_ATTEMPTS) {
        throw failure;
      }
      pause(FIRST_PAUSE_MILLIS << (attempt - 1));
      if (Thread.currentThread().isInterrupted()) {
        throw failure;
      }
    }
  }

  void pause(long millis) {
    pause.nanos(millis * 1_000_000);
  }

  private MillraceException refused(String operation, Answer answer) {
    if (answer.isThrottling()) {
      return failure(operation, ErrorCode.THROTTLED, answer.refusal(), null);
    }
    if (answer.status() >= 500) {
      return failure(operation, ErrorCode.EXTERNAL, answer.refusal(), null);
    }
    boolean denied = answer.status() == 403 || answer.code().startsWith("AccessDenied");
    return failure(
        operation,
        ErrorCode.ACCESS,
        answer.refusal()
            + (denied
                ? ". Checkpoints need dynamodb:GetItem, PutItem, Query and BatchWriteItem on the"
                    + " table"
                : ". " + DynamoDbItems.SCHEMA),
        null);
  }

  MillraceException failure(
      String operation, ErrorCode code, String detail, @Nullable Throwable cause) {
    return new MillraceException(
        code,
        "Cannot use DynamoDB table '"
            + table
            + "' for checkpoints ("
            + dynamoDb.where()
            + ", "
            + operation
            + "): "
            + detail,
        cause);
  }

  @Override
  public void close() {
    dynamoDb.close();
  }
}
