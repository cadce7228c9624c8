package dev.millrace.decode.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Walks the JSON values in a range of bytes. The caller drives: it enters the containers it wants
 * something from and skips the other values, which are checked all the same.
 *
 * <p>Invariants: {@code position} is at the next byte to look at, and every byte before it belongs
 * to JSON that is right so far; {@code depth} counts the containers entered and not left. What is
 * wrong ends the walk with a {@link JsonSyntaxException}; the scanner then has to be {@link
 * #reset}.
 *
 * <p>Strings are looked at eight bytes at a time. Whether their bytes are UTF-8 is not checked
 * here: that matters only to a value someone wants. A value that is skipped is walked by methods
 * that take a place and give the place after, which keeps the place in a register.
 */
public final class JsonScanner {
  /** Containers within containers; a message with more is refused. */
  public static final int MAX_DEPTH = 1_000;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int TRUE = letters("true");
  private static final int ALSE = letters("alse");
  private static final int NULL = letters("null");
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long BACKSLASHES = '\\' * ONES;
  private static final long TWOS = 2 * ONES;
  private static final long AFTER_SPACES = (' ' + 1) * ONES;

  private final NumberLiteral skipped = new NumberLiteral();
  private final NameTable<Void> skippedNames = new NameTable<>(Map.of());
  private final StringUnescaper unescaper = new StringUnescaper();
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

  private static int letters(String four) {
    return (int) INTS.get(four.getBytes(StandardCharsets.US_ASCII), 0);
  }

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
    while (position < end && isSpace(buffer[position])) {
      position++;
    }
    return position == end;
  }

  /** The next byte that is not white space, with the position at it. */
  public byte peek() {
    position = pastSpace(position);
    return buffer[position];
  }

  /** The first place from here on that is not white space. */
  private int pastSpace(int start) {
    return start < end && buffer[start] > ' ' ? start : pastSomeSpace(start);
  }

  private int pastSomeSpace(int start) {
    int at = start;
    while (at < end && isSpace(buffer[at])) {
      at++;
    }
    if (at == end) {
      throw broken(at, "the message ends inside a value");
    }
    return at;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  /** Goes into the object at the position: true with the position at its first name. */
  public boolean enterObject() {
    enter();
    return peek() != '}' || leave();
  }

  /** After a member: true with the position at the next name, false behind the object. */
  public boolean nextMember() {
    return next('}', "',' or '}'");
  }

  /** Goes into the array at the position: true with the position at its first element. */
  public boolean enterArray() {
    enter();
    return peek() != ']' || leave();
  }

  /** After an element: true with the position at the next one, false behind the array. */
  public boolean nextElement() {
    return next(']', "',' or ']'");
  }

  private void enter() {
    depth = deeper(position, depth);
    position++;
  }

  private int deeper(int at, int level) {
    if (level == MAX_DEPTH) {
      throw broken(at, "more than " + MAX_DEPTH + " levels deep");
    }
    return level + 1;
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
      position = pastSpace(position + 1);
      return true;
    }
    if (b == close) {
      return leave();
    }
    throw expected(position, expected);
  }

  /** Reads a member's name and its colon; the name is then the token. */
  public void name() {
    position = pastSpace(position);
    tokenStart = position + 1;
    position = afterColon(position);
  }

  /**
   * Reads the name of the member that comes after another, and its colon.
   *
   * @param last the member before, or the table's {@link NameTable#start}
   */
  public <T> MemberName<T> name(NameTable<T> names, MemberName<T> last) {
    MemberName<T> foreseen = last.next();
    if (foreseen.isAt(buffer, position, end)) {
      position += foreseen.writtenLength();
      return foreseen;
    }
    name();
    MemberName<T> member = find(names);
    last.foresee(member);
    return member;
  }

  private <T> MemberName<T> find(NameTable<T> names) {
    if (!tokenEscaped) {
      return names.find(buffer, tokenStart, tokenEnd);
    }
    return unescaper.unescape(buffer, tokenStart, tokenEnd)
        ? names.find(unescaper.bytes(), 0, unescaper.length())
        : names.unknown();
  }

  private int afterColon(int name) {
    if (buffer[name] != '"') {
      throw expected(name, "a name in quotes");
    }
    int at = pastSpace(afterString(name));
    if (buffer[at] != ':') {
      throw expected(at, "':'");
    }
    return at + 1;
  }

  /** Reads the string whose opening quote is at the position; its inside is then the token. */
  public void string() {
    tokenStart = position + 1;
    position = afterString(position);
  }

  private int afterString(int quote) {
    int at = quote + 1;
    if (at <= end - Long.BYTES) {
      long word = (long) LONGS.get(buffer, at);
      long special = special(word);
      int ordinary = Long.numberOfTrailingZeros(special) >> 3;
      if (special != 0 && buffer[at + ordinary] == '"') {
        tokenEscaped = false;
        tokenBits = word & (special - 1);
        tokenEnd = at + ordinary;
        return at + ordinary + 1;
      }
    }
    return afterLongString(at);
  }

  private int afterLongString(int start) {
    tokenEscaped = false;
    tokenBits = 0;
    int at = skipOrdinary(start);
    while (at == end || buffer[at] != '"') {
      at = skipOrdinary(escape(at));
      tokenEscaped = true;
    }
    tokenEnd = at;
    return at + 1;
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
        tokenBits |= seen | (word & (special - 1));
        return at + (Long.numberOfTrailingZeros(special) >> 3);
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
   * The high bit of the first byte that is a quote, a backslash or a control, and perhaps of some
   * after it: a difference below zero borrows from the next byte. With its second bit turned, the
   * quote is next to the controls and what they trade for it is no less than it was.
   */
  private static long special(long word) {
    long differences = ((word ^ TWOS) - AFTER_SPACES) | ((word ^ BACKSLASHES) - ONES);
    return differences & ~word & HIGH_BITS;
  }

  private static boolean isOrdinary(byte b) {
    return b < 0 || (b >= ' ' && b != '"' && b != '\\');
  }

  /** Checks what stopped a string, which must be an escape, and gives the place after it. */
  private int escape(int at) {
    if (at >= end) {
      throw broken(at, "the message ends inside a string");
    }
    if (buffer[at] != '\\') {
      throw broken(at, "a string holds an unescaped control character");
    }
    return switch (at + 1 < end ? buffer[at + 1] : 0) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at + 2;
      case 'u' -> unicodeEscape(at);
      default -> throw broken(at, "a string holds an escape that JSON has not");
    };
  }

  private int unicodeEscape(int backslash) {
    int after = backslash + 6;
    for (int i = backslash + 2; i < after; i++) {
      if (i >= end || Character.digit(buffer[i], 16) < 0) {
        throw broken(backslash, "\\u needs four hexadecimal digits");
      }
    }
    return after;
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
    position = afterNumber(position, into);
  }

  private int afterNumber(int start, NumberLiteral into) {
    byte first = buffer[start];
    if (first != '-' && (first < '0' || first > '9')) {
      throw expected(start, "a value");
    }
    int after = into.read(buffer, start, end);
    if (after < 0) {
      throw broken(into.failure(), "a number is not written as JSON writes it");
    }
    return after;
  }

  /** Reads {@code true}, {@code false} or {@code null} at the position; gives its first letter. */
  public byte literal() {
    byte first = buffer[position];
    position = afterLiteral(position);
    return first;
  }

  private int afterLiteral(int at) {
    return switch (buffer[at]) {
      case 't' -> afterLetters(at, at + 4, TRUE);
      case 'f' -> afterLetters(at, at + 5, ALSE);
      case 'n' -> afterLetters(at, at + 4, NULL);
      default -> throw expected(at, "a value");
    };
  }

  /** Checks the last four letters of a word. */
  private int afterLetters(int start, int after, int letters) {
    if (after > end || (int) INTS.get(buffer, after - Integer.BYTES) != letters) {
      throw broken(start, "expected true, false or null");
    }
    return after;
  }

  /** Passes over the value at the position. */
  public void skipValue() {
    position = afterValue(position, depth);
  }

  private int afterValue(int start, int level) {
    int at = pastSpace(start);
    return switch (buffer[at]) {
      case '"' -> afterSkippedString(at);
      case '{' -> afterObject(at, deeper(at, level));
      case '[' -> afterArray(at, deeper(at, level));
      case 't', 'f', 'n' -> afterLiteral(at);
      default -> afterNumber(at, skipped);
    };
  }

  private int afterSkippedString(int quote) {
    int at = afterOrdinary(quote + 1);
    while (at == end || buffer[at] != '"') {
      at = afterOrdinary(escape(at));
    }
    return at + 1;
  }

  /** As {@link #skipOrdinary}, two words a step and with nothing noted for a token. */
  private int afterOrdinary(int start) {
    byte[] bytes = buffer;
    int at = start;
    if (at <= end - Long.BYTES) {
      long special = special((long) LONGS.get(bytes, at));
      if (special != 0) {
        return at + (Long.numberOfTrailingZeros(special) >> 3);
      }
      at += Long.BYTES;
    }
    int twoWords = end - 2 * Long.BYTES;
    while (at <= twoWords) {
      long special = special((long) LONGS.get(bytes, at));
      long next = special((long) LONGS.get(bytes, at + Long.BYTES));
      if ((special | next) != 0) {
        return special != 0
            ? at + (Long.numberOfTrailingZeros(special) >> 3)
            : at + Long.BYTES + (Long.numberOfTrailingZeros(next) >> 3);
      }
      at += 2 * Long.BYTES;
    }
    while (at < end && isOrdinary(bytes[at])) {
      at++;
    }
    return at;
  }

  private int afterObject(int open, int level) {
    int at = pastSpace(open + 1);
    if (buffer[at] == '}') {
      return at + 1;
    }
    MemberName<Void> member = skippedNames.start();
    while (true) {
      MemberName<Void> foreseen = member.next();
      if (foreseen.isAt(buffer, at, end)) {
        at += foreseen.writtenLength();
        member = foreseen;
      } else {
        position = at;
        member = name(skippedNames, member);
        at = position;
      }
      at = pastSpace(afterValue(at, level));
      byte b = buffer[at++];
      if (b == '}') {
        return at;
      }
      if (b != ',') {
        throw expected(at - 1, "',' or '}'");
      }
    }
  }

  private int afterArray(int open, int level) {
    int at = pastSpace(open + 1);
    if (buffer[at] == ']') {
      return at + 1;
    }
    while (true) {
      at = pastSpace(afterValue(at, level));
      byte b = buffer[at++];
      if (b == ']') {
        return at;
      }
      if (b != ',') {
        throw expected(at - 1, "',' or ']'");
      }
    }
  }

  private JsonSyntaxException expected(int at, String what) {
    byte found = buffer[at];
    String shown =
        found > ' ' && found < 0x7F ? "'" + (char) found + "'" : "0x%02X".formatted(found & 0xFF);
    return broken(at, "expected " + what + ", found " + shown);
  }

  private JsonSyntaxException broken(int at, String detail) {
    return new JsonSyntaxException(at - origin, detail);
  }
}
