package dev.millrace.aws;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;

/**
 * An error that came as JSON though CBOR was asked for, as what stands before the service does it:
 * the SDK takes its body for CBOR and so knows the status only.
 */
record JsonError(String code, String message) {
  private static final int MAX_BYTES = 10_000;
  private static final Pattern CODE = field("__type|code");
  private static final Pattern MESSAGE = field("[mM]essage");

  private static Pattern field(String name) {
    return Pattern.compile("\"(?:" + name + ")\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*+)\"");
  }

  static Optional<JsonError> of(AwsServiceException failure) {
    return Optional.ofNullable(failure.awsErrorDetails())
        .map(AwsErrorDetails::rawResponse)
        .map(SdkBytes::asByteArrayUnsafe)
        .filter(body -> body.length > 0 && body.length <= MAX_BYTES && body[0] == '{')
        .map(body -> new String(body, StandardCharsets.UTF_8))
        .flatMap(JsonError::in);
  }

  private static Optional<JsonError> in(String json) {
    // Some put the name into a name space, some an address behind it.
    return find(CODE, json)
        .map(type -> type.substring(type.lastIndexOf('#') + 1).replaceFirst(":.*", ""))
        .map(code -> new JsonError(code, find(MESSAGE, json).orElse("no message")));
  }

  private static Optional<String> find(Pattern field, String json) {
    Matcher matcher = field.matcher(json);
    return matcher.find()
        ? Optional.of(matcher.group(1).replaceAll("\\\\(.)", "$1"))
        : Optional.empty();
  }
}
