package dev.millrace.infer;

/** The beginning of a value, for a report. */
final class Shortened {
  private static final int MAX_CHARACTERS = 40;

  private Shortened() {}

  static String of(String text) {
    if (text.codePointCount(0, text.length()) <= MAX_CHARACTERS) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, MAX_CHARACTERS)) + "…";
  }
}
