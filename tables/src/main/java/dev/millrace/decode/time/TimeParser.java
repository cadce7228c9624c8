package dev.millrace.decode.time;

import dev.millrace.table.mapping.TimeFormat;
import dev.millrace.table.mapping.TimeFormat.Pattern;
import dev.millrace.table.mapping.TimeFormat.Standard;

/** Reads one time format. */
public interface TimeParser {

  /** Fills the moment, which was cleared, from ASCII text; false where it is not of the format. */
  boolean parse(byte[] text, int offset, int length, Moment into);

  /** Whether a number without quotes is of the format. */
  default boolean readsNumbers() {
    return false;
  }

  /** What the format looks like, as the end of "X is not …". */
  String expected();

  static TimeParser of(TimeFormat format) {
    if (format instanceof Pattern pattern) {
      return new PatternParser(pattern.formatter(), "of the " + pattern.key() + " pattern");
    }
    if (format instanceof Standard standard) {
      return switch (standard) {
        case ISO8601 -> new Iso8601Parser();
        case RFC2822 -> new Rfc2822Parser();
        case SECONDS_SINCE_EPOCH -> EpochParser.ofSeconds();
        case MILLISECONDS_SINCE_EPOCH -> EpochParser.ofMillis();
        case MICROSECONDS_SINCE_EPOCH -> EpochParser.ofMicros();
        case NANOSECONDS_SINCE_EPOCH -> EpochParser.ofNanos();
        case MILLISECONDS_OR_ISO8601 -> new MillisOrIsoParser();
      };
    }
    throw new AssertionError(format);
  }
}
