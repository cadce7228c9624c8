package dev.millrace.decode.field;

import java.nio.charset.StandardCharsets;

/** A value as a message shows it: its beginning, and nothing a terminal would act on. */
public final class Excerpt {
  private static final int MAX_CHARS = 40;

  private Excerpt() {}

  public static String of(byte[] bytes, int offset, int length) {
    String text =
        new String(bytes, offset, Math.min(length, 4 * MAX_CHARS), StandardCharsets.UTF_8);
    StringBuilder shown = new StringBuilder("'");
    text.codePoints().limit(MAX_CHARS).forEach(c -> append(shown, c));
    boolean cut = length > 4 * MAX_CHARS || text.codePointCount(0, text.length()) > MAX_CHARS;
    return shown.append(cut ? "…'" : "'").toString();
  }

  private static void append(StringBuilder shown, int codePoint) {
    if (Character.isISOControl(codePoint)) {
      shown.append("\\u%04x".formatted(codePoint));
    } else {
      shown.appendCodePoint(codePoint);
    }
  }
}
