package dev.millrace.decode.json;

import java.util.Random;

/** JSON documents with what is hard in them, and damage done to them. */
final class RandomJson {
  private static final String[] SPACES = {"", "", "", " ", "\n", "\t", "\r\n  "};
  private static final String[] PIECES = {
    "a",
    "order",
    "0",
    " ",
    "é",
    "€",
    "😀",
    "\\n",
    "\\\"",
    "\\\\",
    "\\/",
    "\\u0041",
    "\\u00e9",
    "a longer run of ordinary text",
    "\u007f",
    "{",
    "]",
    ":",
    "\\ud83d\\ude00",
    "\\ud83d",
    "\\udc00"
  };

  /** Jackson refuses half a surrogate pair in a name, though not in a value. */
  private static final int PIECES_OF_NAMES = PIECES.length - 3;

  private static final String[] NUMBERS = {
    "0",
    "-0",
    "1",
    "-17",
    "1.5",
    "0.001",
    "1e3",
    "-2E-4",
    "1.25e+10",
    "9223372036854775807",
    "9223372036854775808",
    "123456789012345678901234567890",
    "0.1234567890123456789012345"
  };
  private static final String DAMAGE = "{}[]:,\"\\0123456789eE+-.tfnu \n\t\u0001xé";

  private RandomJson() {}

  static String object(Random random) {
    StringBuilder json = new StringBuilder();
    object(random, json, 4);
    return json.toString();
  }

  private static void object(Random random, StringBuilder json, int depth) {
    json.append('{');
    int members = random.nextInt(5);
    for (int i = 0; i < members; i++) {
      json.append(i > 0 ? "," : "").append(space(random));
      string(random, json, PIECES_OF_NAMES);
      json.append(space(random)).append(':').append(space(random));
      value(random, json, depth - 1);
      json.append(space(random));
    }
    json.append('}');
  }

  private static void value(Random random, StringBuilder json, int depth) {
    switch (random.nextInt(depth > 0 ? 8 : 6)) {
      case 0 -> json.append("true");
      case 1 -> json.append(random.nextBoolean() ? "null" : "false");
      case 2, 3 -> json.append(NUMBERS[random.nextInt(NUMBERS.length)]);
      case 4, 5 -> string(random, json, PIECES.length);
      case 6 -> object(random, json, depth);
      default -> array(random, json, depth);
    }
  }

  private static void array(Random random, StringBuilder json, int depth) {
    json.append('[').append(space(random));
    int elements = random.nextInt(4);
    for (int i = 0; i < elements; i++) {
      json.append(i > 0 ? "," : "").append(space(random));
      value(random, json, depth - 1);
      json.append(space(random));
    }
    json.append(']');
  }

  private static void string(Random random, StringBuilder json, int choices) {
    json.append('"');
    int pieces = random.nextInt(6);
    for (int i = 0; i < pieces; i++) {
      json.append(PIECES[random.nextInt(choices)]);
    }
    json.append('"');
  }

  private static String space(Random random) {
    return SPACES[random.nextInt(SPACES.length)];
  }

  /** Takes something out of the document's inside, puts something in, or cuts its end off. */
  static String damage(Random random, String json) {
    int place = 1 + random.nextInt(json.length() - 1);
    if (Character.isLowSurrogate(json.charAt(place))) {
      place--;
    }
    String before = json.substring(0, place);
    String after = json.substring(json.offsetByCodePoints(place, 1));
    char put = DAMAGE.charAt(random.nextInt(DAMAGE.length()));
    return switch (random.nextInt(4)) {
      case 0 -> before + after;
      case 1 -> before + put + after;
      case 2 -> before + put + json.substring(place);
      default -> before;
    };
  }
}
