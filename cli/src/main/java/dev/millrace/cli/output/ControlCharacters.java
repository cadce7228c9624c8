package dev.millrace.cli.output;

/**
 * Characters that move a terminal's cursor, change its state or turn the reading direction. They
 * are shown as {@code \n}, {@code \t} or {@code \}{@code u001b}.
 */
public final class ControlCharacters {
  private ControlCharacters() {}

  /** Text that is safe to show, in one line. */
  public static String escape(String text) {
    int first = firstIn(text);
    if (first < 0) {
      return text;
    }
    StringBuilder escaped = new StringBuilder(text.length() + 16).append(text, 0, first);
    for (int i = first; i < text.length(); i++) {
      append(escaped, text.charAt(i));
    }
    return escaped.toString();
  }

  /** The same, but line breaks and tabs stay what they are. */
  public static String escapeWithinLines(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\t') {
        escaped.append(c);
      } else {
        append(escaped, c);
      }
    }
    return escaped.toString();
  }

  private static int firstIn(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isControl(text.charAt(i))) {
        return i;
      }
    }
    return -1;
  }

  static boolean isControl(char c) {
    return Character.isISOControl(c)
        || c == '\u2028'
        || c == '\u2029'
        || (c >= '\u202a' && c <= '\u202e')
        || (c >= '\u2066' && c <= '\u2069');
  }

  private static void append(StringBuilder escaped, char c) {
    switch (c) {
      case '\n' -> escaped.append("\\n");
      case '\r' -> escaped.append("\\r");
      case '\t' -> escaped.append("\\t");
      default -> {
        if (isControl(c)) {
          escaped.append(String.format("\\u%04x", (int) c));
        } else {
          escaped.append(c);
        }
      }
    }
  }
}
