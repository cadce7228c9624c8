package dev.millrace.decode;

import dev.millrace.decode.row.RowSink;
import dev.millrace.stream.UserRecord;

/**
 * Turns user records into rows of one table. Compiled for a definition and the columns wanted; what
 * no wanted column needs is not parsed. Reuses its buffers: one thread at a time.
 */
public interface RowDecoder {

  /** Emits the record's 0 to n rows, each as begin, values, and commit or reject. */
  void decode(UserRecord record, RowSink sink);
}
