package dev.millrace.decode.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Walks the JSON values in a range of bytes. The caller drives: it enters the containers it wants
 * something from and skips the other values, which are checked all the same.
 *
 * <p>Invariants: {@code position} is at the next byte to look at, and every byte before it belongs
 * to JSON that is right so far; {@code depth} counts the containers entered and not left, and
 * {@code objects} has a bit for each of them. What is wrong ends the walk with a {@link
 * JsonSyntaxException}; the scanner then has to be {@link #reset}.
 *
 * <p>Strings are looked at eight bytes at a time. Whether their bytes are UTF-8 is not checked
 * here: that matters only to a value someone wants.
 */
public final class JsonScanner {
  /** Containers within containers; a message with more is refused. */
  public static final int MAX_DEPTH = 1_000;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long QUOTES = '"' * ONES;
  private static final long BACKSLASHES = '\\' * ONES;
  private static final long LOW_BITS = ~HIGH_BITS;
  private static final long ABOVE_CONTROLS = (0x80 - ' ') * ONES;

  private final NumberLiteral skipped = new NumberLiteral();
  private final long[] objects = new long[(MAX_DEPTH + Long.SIZE) / Long.SIZE];
  private byte[] buffer = new byte[0];
  private int origin;
  private int end;
  private int position;
  private int depth;

  private int tokenStart;
  private int tokenEnd;
  private boolean tokenEscaped;

  /** Every byte of the token, one over the other. */
  private long tokenBits;

  /** Starts over on other bytes. A byte order mark before the first value is passed over. */
  public void reset(byte[] bytes, int offset, int length) {
    buffer = bytes;
    origin = offset;
    position = offset;
    end = offset + length;
    depth = 0;
    if (length >= 3
        && bytes[offset] == (byte) 0xEF
        && bytes[offset + 1] == (byte) 0xBB
        && bytes[offset + 2] == (byte) 0xBF) {
      position += 3;
    }
  }

  public byte[] buffer() {
    return buffer;
  }

  /** Index of the next byte in {@link #buffer}. */
  public int position() {
    return position;
  }

  /** Whether only white space is left. */
  public boolean atEnd() {
    skipWhiteSpace();
    return position == end;
  }

  /** The next byte that is not white space, with the position at it. */
  public byte peek() {
    if (position < end && buffer[position] > ' ') {
      return buffer[position];
    }
    skipWhiteSpace();
    if (position == end) {
      throw broken("the message ends inside a value");
    }
    return buffer[position];
  }

  /** Goes into the object at the position: true with the position before its first name. */
  public boolean enterObject() {
    enter(true);
    return peek() != '}' || leave();
  }

  /** After a member: true with the position before the next name, false behind the object. */
  public boolean nextMember() {
    return next('}', "',' or '}'");
  }

  /** Goes into the array at the position: true with the position before its first element. */
  public boolean enterArray() {
    enter(false);
    return peek() != ']' || leave();
  }

  /** After an element: true with the position before the next one, false behind the array. */
  public boolean nextElement() {
    return next(']', "',' or ']'");
  }

  private void enter(boolean object) {
    if (depth == MAX_DEPTH) {
      throw broken("more than " + MAX_DEPTH + " levels deep");
    }
    position++;
    depth++;
    long bit = 1L << depth;
    if (object) {
      objects[depth >> 6] |= bit;
    } else {
      objects[depth >> 6] &= ~bit;
    }
  }

  /** Always false: nothing is left in what is left. */
  private boolean leave() {
    position++;
    depth--;
    return false;
  }

  private boolean next(char close, String expected) {
    byte b = peek();
    if (b == ',') {
      position++;
      return true;
    }
    if (b == close) {
      return leave();
    }
    throw expected(expected);
  }

  /** Passes over these bytes if they are what comes next; a way past a name that is foreseen. */
  public boolean skipIfNext(byte[] expected) {
    int after = position + expected.length;
    if (after > end || !Arrays.equals(buffer, position, after, expected, 0, expected.length)) {
      return false;
    }
    position = after;
    return true;
  }

  /** Reads a member's name and its colon; the name is then the token. */
  public void name() {
    if (peek() != '"') {
      throw expected("a name in quotes");
    }
    string();
    if (peek() != ':') {
      throw expected("':'");
    }
    position++;
  }

  /** Reads the string whose opening quote is at the position; its inside is then the token. */
  public void string() {
    int at = position + 1;
    tokenStart = at;
    tokenEscaped = false;
    tokenBits = 0;
    at = skipOrdinary(at);
    while (at == end || buffer[at] != '"') {
      at = skipOrdinary(escape(at));
      tokenEscaped = true;
    }
    tokenEnd = at;
    position = at + 1;
  }

  /** The place of the next quote, backslash or control, or the end. */
  private int skipOrdinary(int start) {
    byte[] bytes = buffer;
    int wholeWords = end - Long.BYTES;
    int at = start;
    long seen = 0;
    while (at <= wholeWords) {
      long word = (long) LONGS.get(bytes, at);
      long special = special(word);
      if (special != 0) {
        int ordinary = Long.numberOfTrailingZeros(special) & ~7;
        tokenBits |= seen | (word & ((1L << ordinary) - 1));
        return at + (ordinary >> 3);
      }
      seen |= word;
      at += Long.BYTES;
    }
    while (at < end && isOrdinary(bytes[at])) {
      seen |= bytes[at++];
    }
    tokenBits |= seen;
    return at;
  }

  /**
   * The high bit of each byte that is a quote, a backslash or a control. Sums of seven bits carry
   * nothing into the next byte.
   */
  private static long special(long word) {
    long low = word & LOW_BITS;
    long ordinary =
        ((low ^ QUOTES) + LOW_BITS) & ((low ^ BACKSLASHES) + LOW_BITS) & (low + ABOVE_CONTROLS);
    return ~(ordinary | word) & HIGH_BITS;
  }

  private static boolean isOrdinary(byte b) {
    return b < 0 || (b >= ' ' && b != '"' && b != '\\');
  }

  /** Checks what stopped a string, which must be an escape, and gives the place after it. */
  private int escape(int at) {
    position = at;
    if (at >= end) {
      throw broken("the message ends inside a string");
    }
    if (buffer[at] != '\\') {
      throw broken("a string holds an unescaped control character");
    }
    return switch (at + 1 < end ? buffer[at + 1] : 0) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at + 2;
      case 'u' -> unicodeEscape(at + 2);
      default -> throw broken("a string holds an escape that JSON has not");
    };
  }

  private int unicodeEscape(int digits) {
    for (int i = digits; i < digits + 4; i++) {
      if (i >= end || Character.digit(buffer[i], 16) < 0) {
        throw broken("\\u needs four hexadecimal digits");
      }
    }
    return digits + 4;
  }

  /** First byte of the token. */
  public int tokenStart() {
    return tokenStart;
  }

  /** Place after the token's last byte. */
  public int tokenEnd() {
    return tokenEnd;
  }

  /** Whether the token has escapes and must go through a {@link StringUnescaper}. */
  public boolean tokenEscaped() {
    return tokenEscaped;
  }

  /** Whether the token, as it stands, has ASCII only. */
  public boolean tokenAscii() {
    return (tokenBits & HIGH_BITS) == 0;
  }

  /** Reads the number at the position. */
  public void number(NumberLiteral into) {
    byte first = buffer[position];
    if (first != '-' && (first < '0' || first > '9')) {
      throw expected("a value");
    }
    int after = into.read(buffer, position, end);
    if (after < 0) {
      position = into.failure();
      throw broken("a number is not written as JSON writes it");
    }
    position = after;
  }

  /** Reads {@code true}, {@code false} or {@code null} at the position; gives its first letter. */
  public byte literal() {
    byte first = buffer[position];
    switch (first) {
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n' -> word("null");
      default -> throw expected("a value");
    }
    return first;
  }

  private void word(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (position + i >= end || buffer[position + i] != word.charAt(i)) {
        throw expected("a value");
      }
    }
    position += word.length();
  }

  /** Passes over the value at the position. */
  public void skipValue() {
    int outside = depth;
    do {
      boolean inside =
          switch (peek()) {
            case '{' -> enterObject();
            case '[' -> enterArray();
            default -> {
              skipScalar();
              yield false;
            }
          };
      while (!inside && depth > outside) {
        inside = inObject() ? nextMember() : nextElement();
      }
      if (inside && inObject()) {
        name();
      }
    } while (depth > outside);
  }

  private boolean inObject() {
    return (objects[depth >> 6] & (1L << depth)) != 0;
  }

  private void skipScalar() {
    switch (buffer[position]) {
      case '"' -> string();
      case 't', 'f', 'n' -> literal();
      default -> number(skipped);
    }
  }

  private void skipWhiteSpace() {
    while (position < end) {
      byte b = buffer[position];
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return;
      }
      position++;
    }
  }

  private JsonSyntaxException expected(String what) {
    byte found = buffer[position];
    String shown =
        found > ' ' && found < 0x7F ? "'" + (char) found + "'" : "0x%02X".formatted(found & 0xFF);
    return broken("expected " + what + ", found " + shown);
  }

  private JsonSyntaxException broken(String detail) {
    return new JsonSyntaxException(position - origin, detail);
  }
}
