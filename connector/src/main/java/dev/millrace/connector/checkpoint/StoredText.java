package dev.millrace.connector.checkpoint;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** A text in a file: a first line that says what it is, and the text. */
record StoredText(String key, long version, Optional<Instant> expires, String value) {
  private static final String NEVER = "never";
  private static final String FORMAT = "millrace-item-1";

  String format() {
    return FORMAT
        + " "
        + version
        + " "
        + expires.map(Instant::toString).orElse(NEVER)
        + " "
        + URLEncoder.encode(key, StandardCharsets.UTF_8)
        + "\n"
        + value;
  }

  /**
   * @throws IllegalArgumentException where it is something else
   */
  static StoredText parse(String text) {
    int end = text.indexOf('\n');
    String[] words = (end < 0 ? text : text.substring(0, end)).split(" ", -1);
    if (end < 0 || words.length != 4 || !words[0].equals(FORMAT)) {
      throw new IllegalArgumentException("Its first line is not that of an item");
    }
    try {
      Optional<Instant> expires =
          words[2].equals(NEVER) ? Optional.empty() : Optional.of(Instant.parse(words[2]));
      return new StoredText(
          URLDecoder.decode(words[3], StandardCharsets.UTF_8),
          Long.parseLong(words[1]),
          expires,
          text.substring(end + 1));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("Its first line is not that of an item", e);
    }
  }
}
