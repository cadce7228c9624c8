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
  private static final int MAX_TEXT = 300;

  private static final String SIGNATURE =
      "the service does not accept the signature. Check the secret key and this machine's clock";

  /** What the calls are made for, and so what to look at where they fail. */
  enum Purpose {
    READING(
        "Reading needs kinesis:DescribeStreamSummary, ListShards, GetShardIterator, GetRecords",
        "Check the stream's name, {region} and {profile}; {streams} lists what is there",
        "Other readers of the stream use its limit; run again later"),
    SUBSCRIBING(
        "Subscribing needs kinesis:SubscribeToShard on the consumer",
        "Check that the consumer is registered with this stream, and {region}",
        "It is tried again later"),
    CONSUMERS(
        "This needs kinesis:RegisterStreamConsumer, ListStreamConsumers, DescribeStreamConsumer,"
            + " DeregisterStreamConsumer",
        "Check the ARN, {region} and {profile}",
        "Run again later"),
    DEFINITIONS(
        "Reading definitions needs s3:ListBucket on the bucket and s3:GetObject on its objects",
        "Check the name of the bucket, and {profile}",
        "Run again later"),
    ASSUMING(
        "Who asks needs sts:AssumeRole, and the role's trust policy must allow it, with the external"
            + " id it wants",
        "Check the role's ARN",
        "Run again later");

    private final String permissions;
    private final String whereToLook;
    private final String throttled;

    Purpose(String permissions, String whereToLook, String throttled) {
      this.permissions = permissions;
      this.whereToLook = whereToLook;
      this.throttled = throttled;
    }
  }

  private final Target target;
  private final Purpose purpose;

  Failures(Target target) {
    this(target, Purpose.READING);
  }

  Failures(Target target, Purpose purpose) {
    this.target = target;
    this.purpose = purpose;
  }

  /**
   * Maps one exception.
   *
   * @param what the call and what it was about, such as {@code read shardId-000000000000 of stream
   *     x}
   * @param invalidArgument what an argument the service does not take means for this call
   */
  KinesisException of(String what, Kind invalidArgument, SdkException failure) {
    if (failure instanceof AwsServiceException service) {
      Kind kind = kind(service, invalidArgument);
      String message = message(what, kind, service);
      // The text of a signature error holds the canonical request, and with it a session token.
      return new KinesisException(kind, message, isOfSignature(service) ? null : failure);
    }
    return new KinesisException(
        Kind.UNAVAILABLE, "Cannot " + what + " (" + target + "): " + reason(failure), failure);
  }

  /** An answer that cannot be understood, which another call may bring whole. */
  KinesisException damagedAnswer(String what, CborException damage) {
    return new KinesisException(
        Kind.UNAVAILABLE,
        "Cannot " + what + " (" + target + "): the answer is damaged: " + damage.getMessage(),
        damage);
  }

  /** An answer that is whole and leaves no way to go on. */
  KinesisException unusableAnswer(String what, String why) {
    return new KinesisException(
        Kind.UNAVAILABLE, "Cannot " + what + " (" + target + "): " + why, null);
  }

  /** A refusal that the error's code would not tell as one. */
  KinesisException refused(String what, AwsServiceException failure) {
    return new KinesisException(Kind.REFUSED, message(what, Kind.REFUSED, failure), failure);
  }

  private static Kind kind(AwsServiceException failure, Kind invalidArgument) {
    if (failure.isClockSkewException()) {
      return Kind.UNAVAILABLE; // The SDK has taken over the service's time for the next call.
    }
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
      case "ExpiredTokenException", "ExpiredToken", "TokenRefreshRequired" ->
          Kind.CREDENTIALS_EXPIRED;
      case "AccessDeniedException",
          "AccessDenied",
          "UnrecognizedClientException",
          "InvalidClientTokenId",
          "InvalidSignatureException",
          "InvalidSignature",
          "SignatureDoesNotMatch",
          "IncompleteSignature",
          "IncompleteSignatureException",
          "MissingAuthenticationTokenException",
          "NotAuthorized",
          "OptInRequired",
          "KMSAccessDeniedException",
          "KMSDisabledException",
          "KMSInvalidStateException",
          "KMSNotFoundException",
          "KMSOptInRequired" ->
          Kind.ACCESS_DENIED;
      case "ResourceNotFoundException", "NoSuchBucket", "NoSuchKey" -> Kind.NOT_FOUND;
      case "InvalidObjectState" -> Kind.REFUSED; // Archived, whatever the status says.
      case "ResourceInUseException" -> Kind.IN_USE;
      case "InvalidArgumentException" -> invalidArgument;
      case "InternalFailureException" -> Kind.UNAVAILABLE;
      default -> byStatus(failure);
    };
  }

  private static Kind byStatus(AwsServiceException failure) {
    if (failure.isThrottlingException() || failure.statusCode() == 429) {
      return Kind.THROTTLED;
    }
    // What ends an answer that began well has no status of its own.
    if (failure.statusCode() >= 500 || failure.statusCode() < 400) {
      return Kind.UNAVAILABLE;
    }
    return failure.statusCode() == 403 ? Kind.ACCESS_DENIED : Kind.REFUSED;
  }

  private static String code(AwsServiceException failure) {
    return Optional.ofNullable(failure.awsErrorDetails())
        .map(AwsErrorDetails::errorCode)
        .or(() -> JsonError.of(failure).map(JsonError::code))
        .orElse("");
  }

  private String message(String what, Kind kind, AwsServiceException failure) {
    String said =
        Optional.ofNullable(failure.awsErrorDetails())
            .map(AwsErrorDetails::errorMessage)
            .or(() -> JsonError.of(failure).map(JsonError::message))
            .map(Failures::firstLine)
            .orElse("no message");
    String shown = isOfSignature(failure) ? SIGNATURE : said;
    String cause = code(failure).isEmpty() ? "status " + failure.statusCode() : code(failure);
    return "Cannot "
        + what
        + " ("
        + target
        + "): "
        + cause
        + ": "
        + shown
        + advice(kind, code(failure));
  }

  private static boolean isOfSignature(AwsServiceException failure) {
    return code(failure).contains("Signature");
  }

  static String firstLine(RuntimeException failure) {
    return firstLine(String.valueOf(failure.getMessage()));
  }

  private static String firstLine(String text) {
    String line = text.lines().findFirst().orElse("");
    return line.length() <= MAX_TEXT ? line : line.substring(0, MAX_TEXT) + "…";
  }

  private String advice(Kind kind, String code) {
    return switch (kind) {
      case NOT_FOUND -> ". " + target.settings().in(purpose.whereToLook);
      case CREDENTIALS_EXPIRED ->
          ". Renew the credentials (for example: aws sso login) and run again";
      case ACCESS_DENIED ->
          code.startsWith("KMS")
              ? ". The stream is encrypted: reading needs its key enabled, and kms:Decrypt for it"
              : ". " + purpose.permissions;
      case THROTTLED -> ". " + purpose.throttled;
      case UNAVAILABLE, ITERATOR_EXPIRED, TOKEN_EXPIRED, INVALID_POSITION, IN_USE, REFUSED -> "";
    };
  }

  private String reason(SdkException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException) {
        return "unknown host "
            + cause.getMessage()
            + target.settings().in(". Check {region} and {endpoint}");
      }
      if (cause instanceof ConnectException) {
        return cause.getMessage()
            + target.settings().in(". Check that the endpoint is up, {region} and {endpoint}");
      }
    }
    return failure instanceof SdkClientException && failure.getCause() != null
        ? firstLine(failure)
            + " ("
            + firstLine(String.valueOf(failure.getCause().getMessage()))
            + ")"
        : firstLine(failure);
  }
}
