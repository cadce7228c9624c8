package dev.millrace.decode.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Bytes of JSON and the pieces it is made of. A method takes the place of a piece and gives the
 * place after it, so that a walk keeps its place in a register; what is wrong ends the walk with a
 * {@link JsonSyntaxException}.
 */
abstract class JsonText {
  /**
   * Containers within containers; a message with more is refused. Each takes some stack of a thread
   * that is an engine's own and has little to spare.
   */
  public static final int MAX_DEPTH = 250;

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int TRUE = letters("true");
  private static final int ALSE = letters("alse");
  private static final int NULL = letters("null");

  byte[] buffer = new byte[0];
  int end;
  private int origin;

  private static int letters(String four) {
    return (int) INTS.get(four.getBytes(StandardCharsets.US_ASCII), 0);
  }

  /** Gives the place of the first value: a byte order mark before it is passed over. */
  final int begin(byte[] bytes, int offset, int length) {
    buffer = bytes;
    origin = offset;
    end = offset + length;
    boolean marked =
        length >= 3
            && bytes[offset] == (byte) 0xEF
            && bytes[offset + 1] == (byte) 0xBB
            && bytes[offset + 2] == (byte) 0xBF;
    return marked ? offset + 3 : offset;
  }

  public final byte[] buffer() {
    return buffer;
  }

  /** The first place from here on that is not white space. */
  final int pastSpace(int start) {
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

  static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  final int deeper(int at, int level) {
    if (level == MAX_DEPTH) {
      throw broken(at, "more than " + MAX_DEPTH + " levels deep");
    }
    return level + 1;
  }

  static boolean isOrdinary(byte b) {
    return b < 0 || (b >= ' ' && b != '"' && b != '\\');
  }

  /** Checks what stopped a string before its quote, which must be an escape. */
  final int afterEscape(int at) {
    if (at >= end) {
      throw broken(at, "the message ends inside a string");
    }
    if (buffer[at] != '\\') {
      throw broken(at, "a string holds an unescaped control character");
    }
    return switch (at + 1 < end ? buffer[at + 1] : 0) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at + 2;
      case 'u' -> afterUnicodeEscape(at);
      default -> throw broken(at, "a string holds an escape that JSON has not");
    };
  }

  private int afterUnicodeEscape(int backslash) {
    int after = backslash + 6;
    for (int i = backslash + 2; i < after; i++) {
      if (i >= end || Character.digit(buffer[i], 16) < 0) {
        throw broken(backslash, "\\u needs four hexadecimal digits");
      }
    }
    return after;
  }

  final int afterNumber(int start, NumberLiteral into) {
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

  final int afterLiteral(int at) {
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

  final JsonSyntaxException expected(int at, String what) {
    byte found = buffer[at];
    String shown =
        found > ' ' && found < 0x7F ? "'" + (char) found + "'" : "0x%02X".formatted(found & 0xFF);
    return broken(at, "expected " + what + ", found " + shown);
  }

  final JsonSyntaxException broken(int at, String detail) {
    return new JsonSyntaxException(at - origin, detail);
  }
}
