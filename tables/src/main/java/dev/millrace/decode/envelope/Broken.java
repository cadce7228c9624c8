package dev.millrace.decode.envelope;

import dev.millrace.decode.json.JsonScanner;
import dev.millrace.decode.json.JsonSyntaxException;

/** What envelopes of JSON say about what they cannot read. */
final class Broken {
  static final String EMPTY = "the message is empty; expected JSON";

  private Broken() {}

  static String at(JsonSyntaxException e) {
    return "the JSON is broken at byte " + e.offset() + ": " + e.getMessage();
  }

  /** More than white space follows the value that the scanner went over. */
  static String moreFollows(JsonScanner scanner, int offset) {
    return "more follows the JSON value at byte "
        + (scanner.position() - offset)
        + "; for several values in a record use the envelope json-lines";
  }
}
