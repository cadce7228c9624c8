package dev.millrace.infer;

import dev.millrace.decode.field.Utf8;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.UserRecord;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * A sampled message, or what an envelope of it held.
 *
 * @param bytes never written to
 * @param record the sequence number of the record it came from
 * @param schema the registered schema version that an envelope named
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Message(byte[] bytes, SequenceNumber record, Optional<UUID> schema) {

  static Message of(UserRecord record) {
    return new Message(record.copyData(), record.sequence(), Optional.empty());
  }

  boolean isUtf8() {
    return Utf8.isValid(bytes, 0, bytes.length);
  }

  /** The message as text, without the line break that ends it. */
  String line() {
    int end = bytes.length;
    while (end > 0 && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return record + " (" + bytes.length + " bytes)";
  }
}
