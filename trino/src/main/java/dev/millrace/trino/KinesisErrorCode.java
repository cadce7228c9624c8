package dev.millrace.trino;

import io.trino.spi.ErrorCode;
import io.trino.spi.ErrorCodeSupplier;
import io.trino.spi.ErrorType;

/** Failures that none of Trino's own codes names. */
enum KinesisErrorCode implements ErrorCodeSupplier {
  /** A table definition is wrong. */
  KINESIS_INVALID_DEFINITION(0, ErrorType.EXTERNAL),
  /** The service or the network fails. */
  KINESIS_SERVICE_ERROR(1, ErrorType.EXTERNAL),
  /** The service says for too long: later. */
  KINESIS_THROTTLED(2, ErrorType.INSUFFICIENT_RESOURCES),
  /** A record could not be decoded, and the user asked for that to fail. */
  KINESIS_BAD_RECORD(3, ErrorType.EXTERNAL);

  /** Trino gives each connector a range; this one is of none that comes with it. */
  private static final int FIRST_CODE = 0x0716_0000;

  private final int number;
  private final ErrorType type;

  KinesisErrorCode(int number, ErrorType type) {
    this.number = number;
    this.type = type;
  }

  @Override
  public ErrorCode toErrorCode() {
    return new ErrorCode(FIRST_CODE + number, name(), type);
  }
}
