package dev.millrace.local.store;

import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** What the database says when the store itself fails, in one line. */
final class Faults {
  /** As operating systems say it; the last one where a file may not grow further. */
  private static final List<String> DISK_FULL =
      List.of("no space left", "could not write all bytes", "disk quota", "file too large");

  private Faults() {}

  /**
   * @param doing the statement or the step that failed, for a fault of ours
   */
  static MillraceException of(SQLException fault, String doing) {
    String said = firstLine(fault);
    String text = said.toLowerCase(Locale.ROOT);
    if (DISK_FULL.stream().anyMatch(text::contains)) {
      return new MillraceException(
          ErrorCode.USER,
          "The disk of the store is full ("
              + said
              + "). What was stored is intact; free some space, or use --no-store.",
          fault);
    }
    if (text.startsWith("out of memory error")) {
      return new MillraceException(
          ErrorCode.USER,
          "The memory or the space for temporary files allowed to the database is used up ("
              + said
              + "). Ask for less, or allow more.",
          fault);
    }
    return new MillraceException(
        ErrorCode.INTERNAL, "The store failed at [" + doing + "]: " + said, fault);
  }

  static String firstLine(SQLException fault) {
    String message = String.valueOf(fault.getMessage()).strip();
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
