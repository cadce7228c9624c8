package dev.millrace.presto;

import com.facebook.presto.common.ErrorCode;
import com.facebook.presto.common.ErrorType;
import com.facebook.presto.spi.ErrorCodeSupplier;
import com.facebook.presto.spi.PrestoException;
import dev.millrace.stream.MillraceException;
import java.util.function.Supplier;

/** Our failures as Presto's: the one place where one becomes the other. */
enum KinesisErrorCode implements ErrorCodeSupplier {
  KINESIS_USER_ERROR(0, ErrorType.USER_ERROR),
  KINESIS_DEFINITION_ERROR(1, ErrorType.USER_ERROR),
  KINESIS_ACCESS_DENIED(2, ErrorType.EXTERNAL),
  KINESIS_NOT_FOUND(3, ErrorType.EXTERNAL),
  KINESIS_EXTERNAL_ERROR(4, ErrorType.EXTERNAL),
  KINESIS_THROTTLED(5, ErrorType.EXTERNAL),
  KINESIS_BAD_RECORD(6, ErrorType.EXTERNAL),
  KINESIS_INTERNAL_ERROR(7, ErrorType.INTERNAL_ERROR);

  /** Codes are shared by all plugins of a server; no other one known to us is near. */
  static final int BASE = 0x0526_0000;

  private final ErrorCode code;

  KinesisErrorCode(int offset, ErrorType type) {
    this.code = new ErrorCode(BASE + offset, name(), type);
  }

  @Override
  public ErrorCode toErrorCode() {
    return code;
  }

  /** Runs it, and fails as Presto's plugins fail. */
  static <T> T translating(Supplier<T> work) {
    try {
      return work.get();
    } catch (MillraceException failure) {
      throw translate(failure);
    }
  }

  static PrestoException translate(MillraceException failure) {
    return new PrestoException(of(failure.code()), failure.getMessage(), failure);
  }

  private static KinesisErrorCode of(dev.millrace.stream.ErrorCode code) {
    return switch (code) {
      case USER -> KINESIS_USER_ERROR;
      case DEFINITION -> KINESIS_DEFINITION_ERROR;
      case ACCESS -> KINESIS_ACCESS_DENIED;
      case NOT_FOUND -> KINESIS_NOT_FOUND;
      case EXTERNAL -> KINESIS_EXTERNAL_ERROR;
      case THROTTLED -> KINESIS_THROTTLED;
      case BAD_RECORD -> KINESIS_BAD_RECORD;
      case INTERNAL -> KINESIS_INTERNAL_ERROR;
    };
  }
}
