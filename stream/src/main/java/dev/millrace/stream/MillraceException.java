package dev.millrace.stream;

import org.jspecify.annotations.Nullable;

/**
 * A failure that ends what the user asked for. Its message says what failed, on what, with which
 * value, what is allowed and what to change, in one line and without secrets.
 */
public class MillraceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  public MillraceException(ErrorCode code, String message) {
    this(code, message, null);
  }

  public MillraceException(ErrorCode code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public ErrorCode code() {
    return code;
  }
}
