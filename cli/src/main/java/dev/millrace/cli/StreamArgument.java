package dev.millrace.cli;

import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.StreamRef;

/** A stream as a user names it. */
final class StreamArgument {
  private StreamArgument() {}

  static StreamRef parse(String nameOrArn) {
    try {
      return StreamRef.parse(nameOrArn);
    } catch (IllegalArgumentException e) {
      throw new MillraceException(ErrorCode.USER, String.valueOf(e.getMessage()), e);
    }
  }
}
