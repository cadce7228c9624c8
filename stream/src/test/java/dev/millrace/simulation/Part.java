package dev.millrace.simulation;

import dev.millrace.stream.UserRecord;
import java.util.Arrays;

/**
 * A user record as it was put.
 *
 * @param put its number among all that were put, in their order
 */
@SuppressWarnings("ArrayRecordComponent") // A view; never compared as a whole.
record Part(Key key, long put, boolean outOfRange, byte[] buffer, int offset, int length) {

  boolean isDeliveredAs(UserRecord record) {
    return key.name().equals(record.partitionKey())
        && length == record.length()
        && (isSameView(record) || Arrays.equals(record.copyData(), copyData()));
  }

  @SuppressWarnings("ReferenceEquality") // Ten megabytes need not be compared with themselves.
  private boolean isSameView(UserRecord record) {
    return buffer == record.buffer() && offset == record.offset();
  }

  private byte[] copyData() {
    return Arrays.copyOfRange(buffer, offset, offset + length);
  }
}
