package dev.millrace.local.sql;

import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;

/** The user's SQL is not something to run, and why. */
final class SqlException extends MillraceException {
  private static final long serialVersionUID = 1L;

  SqlException(String message) {
    super(ErrorCode.USER, message);
  }
}
