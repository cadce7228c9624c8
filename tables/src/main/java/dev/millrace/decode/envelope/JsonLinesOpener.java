package dev.millrace.decode.envelope;

import dev.millrace.decode.json.JsonScanner;
import dev.millrace.decode.json.JsonSyntaxException;

/**
 * JSON values one after the other. Where one breaks, reading goes on at the next line that begins
 * with an object, if there is one; what is in between is one damaged message.
 */
final class JsonLinesOpener implements Opener {
  /**
   * Bytes looked at again after breaks, for each byte there is; hostile data could ask for more.
   */
  private static final int PATIENCE = 8;

  private final JsonScanner scanner = new JsonScanner();

  @Override
  public void open(byte[] buffer, int offset, int length, MessageContext context, Messages inner) {
    int end = offset + length;
    scanner.reset(buffer, offset, length);
    if (scanner.atEnd()) {
      inner.damaged(Broken.EMPTY);
      return;
    }
    long patience = (long) PATIENCE * length;
    int from = offset;
    while (from >= 0) {
      scanner.reset(buffer, from, end - from);
      int start = from;
      try {
        while (!scanner.atEnd()) {
          start = scanner.position();
          scanner.skipValue();
          inner.message(buffer, start, scanner.position() - start);
        }
        return;
      } catch (JsonSyntaxException e) {
        int at = from + e.offset();
        inner.damaged("the JSON is broken at byte " + (at - offset) + ": " + e.getMessage());
        patience -= at - start;
        from = patience > 0 ? nextObject(buffer, start, end) : -1;
      }
    }
  }

  /** The place of the next line that begins with an object; -1 where there is none to trust. */
  private static int nextObject(byte[] buffer, int start, int end) {
    if (buffer[start] == '[') {
      // Lines in an array are its elements, not messages.
      return -1;
    }
    for (int i = start + 1; i < end; i++) {
      if (buffer[i] == '{' && buffer[i - 1] == '\n') {
        return i;
      }
    }
    return -1;
  }
}
