package dev.millrace.stream;

import java.util.Optional;

/**
 * How a user names a stream: by name, or by ARN, which also reaches other accounts.
 *
 * @param name the stream's name, also when it was given as an ARN
 * @param arn the ARN, where one was given
 */
public record StreamRef(String name, Optional<String> arn) {
  public StreamRef {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("A stream name is empty");
    }
  }

  /** Reads {@code orders} or {@code arn:aws:kinesis:eu-west-1:123456789012:stream/orders}. */
  public static StreamRef parse(String nameOrArn) {
    if (!nameOrArn.startsWith("arn:")) {
      return new StreamRef(nameOrArn, Optional.empty());
    }
    int slash = nameOrArn.indexOf(":stream/");
    if (slash < 0) {
      throw new IllegalArgumentException(
          "Not the ARN of a stream: '"
              + nameOrArn
              + "' (arn:PARTITION:kinesis:REGION:ACCOUNT:stream/NAME)");
    }
    return new StreamRef(nameOrArn.substring(slash + ":stream/".length()), Optional.of(nameOrArn));
  }

  @Override
  public String toString() {
    return name;
  }
}
