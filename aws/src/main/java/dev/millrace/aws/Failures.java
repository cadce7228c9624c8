package dev.millrace.aws;

import dev.millrace.read.KinesisException;
import dev.millrace.read.KinesisException.Kind;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** Maps the SDK's exceptions, once, to what a reader can do about them. */
final class Failures {
  private final Target target;

  Failures(Target target) {
    this.target = target;
  }

  /**
   * Maps one exception.
   *
   * @param what the call and what it was about, such as {@code read shardId-000000000000 of stream
   *     x}
   */
  KinesisException of(String what, SdkException failure) {
    if (failure instanceof AwsServiceException service) {
      Kind kind = kind(service);
      return new KinesisException(kind, message(what, kind, service), failure);
    }
    return ofClient(what, failure);
  }

  private static Kind kind(AwsServiceException failure) {
    String code = code(failure);
    return switch (code) {
      case "ProvisionedThroughputExceededException",
          "LimitExceededException",
          "KMSThrottlingException",
          "ThrottlingException",
          "Throttling",
          "RequestThrottled" ->
          Kind.THROTTLED;
      case "ExpiredIteratorException" -> Kind.ITERATOR_EXPIRED;
      case "ExpiredNextTokenException" -> Kind.TOKEN_EXPIRED;
      case "ExpiredTokenException", "ExpiredToken", "RequestExpired", "TokenRefreshRequired" ->
          Kind.CREDENTIALS_EXPIRED;
      case "AccessDeniedException",
          "AccessDenied",
          "UnrecognizedClientException",
          "InvalidClientTokenId",
          "InvalidSignatureException",
          "SignatureDoesNotMatch",
          "IncompleteSignature",
          "MissingAuthenticationTokenException",
          "NotAuthorized",
          "OptInRequired",
          "KMSAccessDeniedException",
          "KMSDisabledException",
          "KMSInvalidStateException",
          "KMSNotFoundException",
          "KMSOptInRequired" ->
          Kind.ACCESS_DENIED;
      case "ResourceNotFoundException" -> Kind.NOT_FOUND;
      case "InvalidArgumentException" -> Kind.INVALID_POSITION;
      default -> byStatus(failure);
    };
  }

  private static Kind byStatus(AwsServiceException failure) {
    if (failure.isThrottlingException() || failure.statusCode() == 429) {
      return Kind.THROTTLED;
    }
    if (failure.statusCode() >= 500) {
      return Kind.UNAVAILABLE;
    }
    return failure.statusCode() == 403 ? Kind.ACCESS_DENIED : Kind.REFUSED;
  }

  private static String code(AwsServiceException failure) {
    return Optional.ofNullable(failure.awsErrorDetails())
        .map(AwsErrorDetails::errorCode)
        .orElse("");
  }

  private String message(String what, Kind kind, AwsServiceException failure) {
    String said =
        Optional.ofNullable(failure.awsErrorDetails())
            .map(AwsErrorDetails::errorMessage)
            .orElse("no message");
    String cause = code(failure).isEmpty() ? "status " + failure.statusCode() : code(failure);
    return "Cannot " + what + " (" + target + "): " + cause + ": " + said + advice(kind);
  }

  private static String advice(Kind kind) {
    return switch (kind) {
      case NOT_FOUND ->
          ". Check the stream's name, --region and --profile; 'millrace streams' lists what is there";
      case CREDENTIALS_EXPIRED ->
          ". Renew the credentials (for example: aws sso login) and run again";
      case ACCESS_DENIED ->
          ". Reading needs kinesis:DescribeStreamSummary, ListShards, GetShardIterator, GetRecords";
      case THROTTLED -> ". Other readers of the stream use its limit; run again later";
      case UNAVAILABLE, ITERATOR_EXPIRED, TOKEN_EXPIRED, INVALID_POSITION, REFUSED -> "";
    };
  }

  private KinesisException ofClient(String what, SdkException failure) {
    String text = String.valueOf(failure.getMessage());
    if (text.contains("credentials")) {
      return new KinesisException(
          Kind.ACCESS_DENIED,
          "Cannot "
              + what
              + " ("
              + target
              + "): no usable AWS credentials found in the environment, the profile, the container or"
              + " the instance. Set AWS_PROFILE or --profile, or AWS_ACCESS_KEY_ID and"
              + " AWS_SECRET_ACCESS_KEY",
          failure);
    }
    return new KinesisException(
        Kind.UNAVAILABLE, "Cannot " + what + " (" + target + "): " + reason(failure), failure);
  }

  private static String reason(SdkException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException) {
        return "unknown host " + cause.getMessage() + ". Check --region and --endpoint-url";
      }
      if (cause instanceof ConnectException) {
        return cause.getMessage() + ". Check that the endpoint is up, --region and --endpoint-url";
      }
    }
    return failure instanceof SdkClientException && failure.getCause() != null
        ? failure.getMessage() + " (" + failure.getCause().getMessage() + ")"
        : String.valueOf(failure.getMessage());
  }
}
