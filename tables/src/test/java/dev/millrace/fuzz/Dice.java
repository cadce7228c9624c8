package dev.millrace.fuzz;

import java.util.List;
import java.util.SplittableRandom;

/** Randomness from one seed. */
final class Dice {
  private static final String[] PIECES = {
    "a",
    "b7",
    " ",
    "order",
    "é",
    "€",
    "😀",
    "\"",
    "\\",
    ",",
    ";",
    "'",
    "\t",
    "%41",
    "%",
    "{",
    "]",
    "\u007f",
    "\u2028",
    "a longer run of ordinary text",
    "null",
    "0",
    "-1.5",
    "\n",
    "\r"
  };

  private static final long[] LONGS = {
    0,
    1,
    -1,
    127,
    -128,
    128,
    255,
    32_767,
    -32_768,
    65_536,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    1L << 32,
    1L << 53,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private final SplittableRandom random;

  Dice(long seed) {
    random = new SplittableRandom(seed);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  boolean coin() {
    return random.nextBoolean();
  }

  boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  long bits() {
    return random.nextLong();
  }

  long between(long low, long high) {
    return random.nextLong(low, high);
  }

  @SafeVarargs
  final <T> T any(T... values) {
    return values[random.nextInt(values.length)];
  }

  <T> T of(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) random.nextInt();
    }
    return bytes;
  }

  /** Text of at most so many characters, with what is hard to write. */
  String text(int most) {
    StringBuilder text = new StringBuilder();
    int pieces = below(5);
    for (int i = 0; i < pieces; i++) {
      String piece = any(PIECES);
      if (text.codePointCount(0, text.length()) + piece.codePointCount(0, piece.length()) <= most) {
        text.append(piece);
      }
    }
    return text.toString();
  }

  /** A whole number, often one at an edge, of at most so many bits. */
  long whole(int bits) {
    long any = oneIn(3) ? LONGS[below(LONGS.length)] : bits() >> below(Long.SIZE);
    return any << (Long.SIZE - bits) >> (Long.SIZE - bits);
  }
}
