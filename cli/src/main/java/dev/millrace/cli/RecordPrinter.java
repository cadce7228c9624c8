package dev.millrace.cli;

import dev.millrace.stream.UserRecord;
import java.io.IOException;

/** Prints what {@code tail} shows of a record. */
interface RecordPrinter {
  void print(UserRecord record) throws IOException;

  /** Hands everything printed on to the output. */
  void flush() throws IOException;
}
