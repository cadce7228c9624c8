package dev.millrace.decode.envelope;

import dev.millrace.decode.json.JsonScanner;
import dev.millrace.decode.json.JsonSyntaxException;

/**
 * JSON values one after the other. What follows a break cannot be told apart and is one message.
 */
final class JsonLinesOpener implements Opener {
  private final JsonScanner scanner = new JsonScanner();

  @Override
  public void open(byte[] buffer, int offset, int length, MessageContext context, Messages inner) {
    scanner.reset(buffer, offset, length);
    try {
      if (scanner.atEnd()) {
        inner.damaged("the message is empty; expected JSON");
        return;
      }
      while (!scanner.atEnd()) {
        int start = scanner.position();
        scanner.skipValue();
        inner.message(buffer, start, scanner.position() - start);
      }
    } catch (JsonSyntaxException e) {
      inner.damaged("the JSON is broken at byte " + e.offset() + ": " + e.getMessage());
    }
  }
}
