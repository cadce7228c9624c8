package dev.millrace.decode.envelope;

import dev.millrace.decode.json.StringUnescaper;
import org.jspecify.annotations.Nullable;

/** The bytes that a JSON value stands for: a string's text, or the JSON of anything else. */
final class JsonText {
  /** A larger buffer is not kept for the next text. */
  private static final int MAX_KEPT = 1 << 20;

  private StringUnescaper unescaper = new StringUnescaper();
  private byte[] buffer = new byte[0];
  private int offset;
  private int length;

  /**
   * Brings a value's bytes into view.
   *
   * @return null, or what is wrong with it
   */
  @Nullable String read(byte[] source, Range value, MessageContext context) {
    boolean string = source[value.start()] == '"';
    buffer = source;
    offset = string ? value.start() + 1 : value.start();
    length = string ? value.length() - 2 : value.length();
    return string && hasEscape() ? unescape(context) : null;
  }

  private boolean hasEscape() {
    for (int i = offset; i < offset + length; i++) {
      if (buffer[i] == '\\') {
        return true;
      }
    }
    return false;
  }

  private @Nullable String unescape(MessageContext context) {
    if (unescaper.bytes().length > MAX_KEPT) {
      unescaper = new StringUnescaper();
    }
    if (length > context.left()) {
      return context.tooLarge();
    }
    if (!unescaper.unescape(buffer, offset, offset + length)) {
      return "the message's text holds half of a surrogate pair, which no text can";
    }
    context.spend(unescaper.length());
    buffer = unescaper.bytes();
    offset = 0;
    length = unescaper.length();
    return null;
  }

  byte[] buffer() {
    return buffer;
  }

  int offset() {
    return offset;
  }

  int length() {
    return length;
  }
}
