package dev.millrace.decode.time;

/** Reads digits as milliseconds since the epoch, and anything else as ISO 8601. */
final class MillisOrIsoParser implements TimeParser {
  private final TimeParser millis = EpochParser.ofMillis();
  private final TimeParser iso = new Iso8601Parser();

  @Override
  public boolean readsNumbers() {
    return true;
  }

  @Override
  public boolean parse(byte[] text, int offset, int length, Moment into) {
    return millis.parse(text, offset, length, into) || iso.parse(text, offset, length, into);
  }

  @Override
  public String expected() {
    return "a number of milliseconds since the epoch, or a date or time in ISO 8601";
  }
}
