package dev.millrace.aws;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.util.Arrays;

/**
 * A place in a CBOR body (RFC 8949) that only moves forward. The body is not trusted: each read is
 * checked against its end, a declared size against what is left before it is believed, and nesting
 * has a limit; so every body is walked in time linear to its size, or refused.
 *
 * <p>A string is not handed out but pointed at ({@link #buffer}, {@link #offset}, {@link #length}),
 * where it lies in the body; only one that was sent in chunks is copied together. Tags are passed
 * over: what a value means is known from its name.
 */
final class CborCursor {
  private static final int UNSIGNED = 0;
  private static final int NEGATIVE = 1;
  private static final int BYTES = 2;
  private static final int TEXT = 3;
  private static final int ARRAY = 4;
  private static final int MAP = 5;
  private static final int TAG = 6;
  private static final int SIMPLE = 7;

  private static final int INDEFINITE = 31;
  private static final int BREAK = 0xFF;
  private static final int NULL = 0xF6;
  private static final int UNDEFINED = 0xF7;
  private static final int MAX_DEPTH = 32;

  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] body;
  private final int end;
  private int at;

  private byte[] buffer;
  private int offset;
  private int length;

  CborCursor(byte[] body, int end) {
    this.body = body;
    this.end = end;
    this.buffer = body;
  }

  /**
   * Enters a map, to be left by asking {@link #hasMore} until there is none.
   *
   * @return how many entries it has; negative where only its end will tell
   */
  int openMap() throws CborException {
    return open(MAP, "a map");
  }

  /** Enters an array, as {@link #openMap} does a map. */
  int openArray() throws CborException {
    return open(ARRAY, "an array");
  }

  private int open(int major, String wanted) throws CborException {
    int head = headOf(major, wanted);
    return count(head & 0x1F);
  }

  /** Whether an item follows; where the container has no declared size, this takes its end. */
  boolean hasMore(int left) throws CborException {
    if (left >= 0) {
      return left > 0;
    }
    if (peek() != BREAK) {
      return true;
    }
    at++;
    return false;
  }

  /** A body is one value. */
  void expectEnd() throws CborException {
    if (at < end) {
      throw damaged("more than one value", at);
    }
  }

  /** Takes a null, if there is one. */
  boolean takeNull() throws CborException {
    skipTags();
    int head = peek();
    if (head != NULL && head != UNDEFINED) {
      return false;
    }
    at++;
    return true;
  }

  /** Whether a text comes next. */
  boolean isAtText() throws CborException {
    skipTags();
    return peek() >>> 5 == TEXT;
  }

  /** Points at a text. */
  void findText() throws CborException {
    findString(TEXT, "a text");
  }

  /** Points at a byte string. */
  void findBytes() throws CborException {
    findString(BYTES, "a byte string");
  }

  private void findString(int major, String wanted) throws CborException {
    int info = headOf(major, wanted) & 0x1F;
    if (info == INDEFINITE) {
      joinChunks(major);
      return;
    }
    length = length(info);
    buffer = body;
    offset = at;
    at += length;
  }

  private void joinChunks(int major) throws CborException {
    byte[] joined = new byte[0];
    int size = 0;
    while (hasMore(-1)) {
      int chunk = chunk(major);
      if (size + chunk > joined.length) {
        // Twice as much each time, for many small chunks; never more than what can still come.
        joined = Arrays.copyOf(joined, Math.min(2 * (size + chunk), size + chunk + end - at));
      }
      System.arraycopy(body, at, joined, size, chunk);
      at += chunk;
      size += chunk;
    }
    buffer = joined;
    offset = 0;
    length = size;
  }

  /** Stands behind the head of a chunk, whose kind is that of the whole. */
  private int chunk(int major) throws CborException {
    int head = take();
    if (head >>> 5 != major) {
      throw damaged("a chunk of another kind", at - 1);
    }
    return length(head & 0x1F);
  }

  /** Where the string found last lies. */
  byte[] buffer() {
    return buffer;
  }

  int offset() {
    return offset;
  }

  int length() {
    return length;
  }

  /** The string found last. */
  String string(Charset charset) {
    return new String(buffer, offset, length, charset);
  }

  /** Whether the string found last is this one. */
  boolean isString(byte[] expected) {
    return length == expected.length
        && Arrays.equals(buffer, offset, offset + length, expected, 0, length);
  }

  /** A number; a fraction is cut off. */
  long number() throws CborException {
    skipTags();
    int start = at;
    int head = take();
    int info = head & 0x1F;
    return switch (head >>> 5) {
      case UNSIGNED -> notNegative(argument(info), start);
      case NEGATIVE -> -1 - notNegative(argument(info), start);
      case SIMPLE -> (long) floating(info, start);
      default -> throw damaged("something else than a number", start);
    };
  }

  private long notNegative(long value, int start) throws CborException {
    if (value < 0) {
      throw damaged("a number of more than 63 bits", start);
    }
    return value;
  }

  private double floating(int info, int start) throws CborException {
    if (info < 25 || info > 27) {
      throw damaged("something else than a number", start);
    }
    long bits = argument(info);
    double value =
        switch (info) {
          case 25 -> half((int) bits);
          case 26 -> Float.intBitsToFloat((int) bits);
          default -> Double.longBitsToDouble(bits);
        };
    if (!Double.isFinite(value)) {
      throw damaged("a number without a value", start);
    }
    return value;
  }

  private static double half(int bits) {
    int exponent = bits >>> 10 & 0x1F;
    int mantissa = bits & 0x3FF;
    double magnitude =
        switch (exponent) {
          case 0 -> Math.scalb((double) mantissa, -24);
          case 31 -> mantissa == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
          default -> Math.scalb((double) (mantissa + 1024), exponent - 25);
        };
    return (bits & 0x8000) == 0 ? magnitude : -magnitude;
  }

  /** Passes over one value of any kind. */
  void skip() throws CborException {
    skip(MAX_DEPTH);
  }

  private void skip(int depth) throws CborException {
    if (depth == 0) {
      throw damaged("values nested more than " + MAX_DEPTH + " deep", at);
    }
    int head = take();
    int info = head & 0x1F;
    switch (head >>> 5) {
      case BYTES, TEXT -> skipString(head >>> 5, info);
      case ARRAY -> skipItems(count(info), 1, depth - 1);
      case MAP -> skipItems(count(info), 2, depth - 1);
      case TAG -> {
        argument(info);
        skip(depth - 1);
      }
      case SIMPLE -> skipSimple(info);
      default -> argument(info);
    }
  }

  private void skipString(int major, int info) throws CborException {
    if (info != INDEFINITE) {
      int size = length(info); // Which moves this place: not to be written as one sum.
      at += size;
      return;
    }
    while (hasMore(-1)) {
      int chunk = chunk(major);
      at += chunk;
    }
  }

  private void skipItems(int count, int valuesPerItem, int depth) throws CborException {
    for (int left = count; hasMore(left); left--) {
      for (int i = 0; i < valuesPerItem; i++) {
        skip(depth);
      }
    }
  }

  private void skipSimple(int info) throws CborException {
    if (info == INDEFINITE) {
      throw damaged("an end of nothing", at - 1);
    }
    argument(info);
  }

  private int headOf(int major, String wanted) throws CborException {
    skipTags();
    int head = take();
    if (head >>> 5 != major) {
      throw damaged("something else than " + wanted, at - 1);
    }
    return head;
  }

  private void skipTags() throws CborException {
    while (peek() >>> 5 == TAG) {
      argument(take() & 0x1F);
    }
  }

  /** How many items follow. Each has a byte at least, so that there cannot be more than bytes. */
  private int count(int info) throws CborException {
    return info == INDEFINITE ? -1 : length(info);
  }

  private int length(int info) throws CborException {
    int start = at;
    long declared = argument(info);
    if (declared < 0 || declared > end - at) {
      throw damaged("a size beyond the end", start);
    }
    return (int) declared;
  }

  private long argument(int info) throws CborException {
    if (info < 24) {
      return info;
    }
    if (info > 27) {
      throw damaged("a head that means nothing", at - 1);
    }
    int size = 1 << (info - 24);
    if (size > end - at) {
      throw cutShort();
    }
    int start = at;
    at += size;
    return switch (info) {
      case 24 -> body[start] & 0xFF;
      case 25 -> (short) SHORTS.get(body, start) & 0xFFFF;
      case 26 -> (int) INTS.get(body, start) & 0xFFFF_FFFFL;
      default -> (long) LONGS.get(body, start);
    };
  }

  private int peek() throws CborException {
    if (at >= end) {
      throw cutShort();
    }
    return body[at] & 0xFF;
  }

  private int take() throws CborException {
    int head = peek();
    at++;
    return head;
  }

  private CborException cutShort() {
    return new CborException("it ends in the middle of a value, after " + end + " bytes");
  }

  private CborException damaged(String what, int place) {
    return new CborException("it has " + what + " at byte " + place + " of " + end);
  }

  /** The value before this place is not what it must be. */
  CborException refused(String what) {
    return new CborException("it has " + what + " before byte " + at + " of " + end);
  }
}
