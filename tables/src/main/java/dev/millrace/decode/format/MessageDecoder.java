package dev.millrace.decode.format;

import dev.millrace.decode.row.PendingRow;
import org.jspecify.annotations.Nullable;

/** Reads the wanted values of messages of one format. Reuses its buffers: one thread at a time. */
public interface MessageDecoder {

  /**
   * Reads one message into a row, which the caller begins and ends.
   *
   * @return what is wrong with the message as a whole, as one clause; null where it could be read,
   *     whatever single values were worth
   */
  @Nullable String decode(byte[] buffer, int offset, int length, PendingRow row);
}
