package dev.millrace.connector.plan;

import dev.millrace.stream.Bound;
import dev.millrace.stream.Position;
import dev.millrace.stream.SequenceNumber;
import java.time.Instant;

/** Positions and bounds as text: a word and what belongs to it. */
final class PlaceText {
  private static final String AS_OF = "AS_OF";
  private static final String BEFORE_TIME = "BEFORE_TIME";
  private static final String BEFORE_SEQUENCE = "BEFORE_SEQUENCE_NUMBER";
  private static final String NEVER = "NEVER";

  private PlaceText() {}

  static String of(Bound bound) {
    if (bound instanceof Bound.TipAsOf tip) {
      return AS_OF + " " + tip.snapshot();
    }
    if (bound instanceof Bound.BeforeTime before) {
      return BEFORE_TIME + " " + before.time();
    }
    if (bound instanceof Bound.BeforeSequence before) {
      return BEFORE_SEQUENCE + " " + before.sequence();
    }
    return NEVER;
  }

  static Bound bound(String text) {
    String[] words = text.split(" ", 2);
    return switch (words[0]) {
      case AS_OF -> Bound.tipAsOf(Instant.parse(words[1]));
      case BEFORE_TIME -> Bound.before(Instant.parse(words[1]));
      case BEFORE_SEQUENCE -> Bound.before(new SequenceNumber(words[1]));
      case NEVER -> Bound.never();
      default -> throw new IllegalArgumentException("Not a bound: " + text);
    };
  }

  static String of(Position position) {
    return position.toString();
  }

  static Position position(String text) {
    String[] words = text.split(" ", 2);
    return switch (words[0]) {
      case "TRIM_HORIZON" -> Position.trimHorizon();
      case "LATEST" -> Position.latest();
      case "AT_TIMESTAMP" -> Position.at(Instant.parse(words[1]));
      case "AT_SEQUENCE_NUMBER" -> Position.at(new SequenceNumber(words[1]));
      case "AFTER_SEQUENCE_NUMBER" -> after(words[1]);
      default -> throw new IllegalArgumentException("Not a position: " + text);
    };
  }

  private static Position after(String text) {
    int colon = text.indexOf(':');
    return colon < 0
        ? Position.after(new SequenceNumber(text))
        : Position.after(
            new SequenceNumber(text.substring(0, colon)),
            Long.parseLong(text.substring(colon + 1)));
  }
}
