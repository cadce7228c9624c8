package dev.millrace.trino;

import dev.millrace.stream.MillraceException;
import io.trino.spi.ErrorCodeSupplier;
import io.trino.spi.StandardErrorCode;
import io.trino.spi.TrinoException;
import java.util.function.Supplier;

/** Our failures as Trino's: the one place that knows both. */
final class Failures {
  private Failures() {}

  /** What it gives; what it throws of ours is thrown as Trino's. */
  static <T> T translated(Supplier<T> action) {
    try {
      return action.get();
    } catch (MillraceException e) {
      throw translated(e);
    }
  }

  static TrinoException translated(MillraceException e) {
    return new TrinoException(code(e), e.getMessage(), e);
  }

  private static ErrorCodeSupplier code(MillraceException e) {
    return switch (e.code()) {
      case USER -> StandardErrorCode.GENERIC_USER_ERROR;
      case DEFINITION -> KinesisErrorCode.KINESIS_INVALID_DEFINITION;
      case ACCESS -> StandardErrorCode.PERMISSION_DENIED;
      case NOT_FOUND -> StandardErrorCode.NOT_FOUND;
      case EXTERNAL -> KinesisErrorCode.KINESIS_SERVICE_ERROR;
      case THROTTLED -> KinesisErrorCode.KINESIS_THROTTLED;
      case BAD_RECORD -> KinesisErrorCode.KINESIS_BAD_RECORD;
      case INTERNAL -> StandardErrorCode.GENERIC_INTERNAL_ERROR;
    };
  }
}
