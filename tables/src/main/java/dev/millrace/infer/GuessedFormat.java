package dev.millrace.infer;

import dev.millrace.table.Envelope;
import dev.millrace.table.MessageFormat;
import java.util.List;

/**
 * The format of the innermost messages.
 *
 * @param what what people call it, such as {@code JSON}
 * @param inside envelopes that only the messages' values told, further in than those opened
 */
record GuessedFormat(
    String what, MessageFormat format, List<Envelope> inside, List<GuessedColumn> columns) {

  static GuessedFormat of(String what, MessageFormat format, List<GuessedColumn> columns) {
    return new GuessedFormat(what, format, List.of(), columns);
  }
}
