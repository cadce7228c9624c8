package dev.millrace.presto;

import com.facebook.presto.spi.PrestoWarning;
import com.facebook.presto.spi.WarningCode;
import com.facebook.presto.spi.WarningCodeSupplier;

/** What a user is told beside the rows. */
enum KinesisWarningCode implements WarningCodeSupplier {
  /** What a scan leaves out, or may leave out. */
  KINESIS_SCAN_WARNING(0),
  /** A checkpoint that was not moved on. */
  KINESIS_CHECKPOINT_WARNING(1);

  private final WarningCode code;

  KinesisWarningCode(int offset) {
    this.code = new WarningCode(KinesisErrorCode.BASE + offset, name());
  }

  @Override
  public WarningCode toWarningCode() {
    return code;
  }

  PrestoWarning warning(String message) {
    return new PrestoWarning(this, message);
  }
}
