package dev.millrace.decode.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Turns the inside of a JSON string that has escapes into UTF-8, in a buffer that it reuses. */
public final class StringUnescaper {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long BACKSLASHES = '\\' * ONES;

  private byte[] bytes = new byte[256];
  private int length;

  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  /**
   * Unescapes what the scanner has found to be a string's inside.
   *
   * @return false where half of a surrogate pair stands alone, which no text can hold
   */
  public boolean unescape(byte[] source, int start, int end) {
    // An escape is never shorter than what it stands for, and whole words are written.
    int needed = end - start + Long.BYTES;
    if (bytes.length < needed) {
      bytes = new byte[Math.max(needed, 2 * bytes.length)];
    }
    length = 0;
    int at = start;
    while (at < end) {
      if (source[at] != '\\') {
        at = copyRun(source, at, end);
      } else if (source[at + 1] != 'u') {
        bytes[length++] = simple(source[at + 1]);
        at += 2;
      } else {
        int unit = hex(source, at + 2);
        at += 6;
        if (!Character.isSurrogate((char) unit)) {
          append(unit);
          continue;
        }
        boolean pair =
            Character.isHighSurrogate((char) unit)
                && at + 6 <= end
                && source[at] == '\\'
                && source[at + 1] == 'u'
                && Character.isLowSurrogate((char) hex(source, at + 2));
        if (!pair) {
          return false;
        }
        append(Character.toCodePoint((char) unit, (char) hex(source, at + 2)));
        at += 6;
      }
    }
    return true;
  }

  /** Copies up to the next escape, a word at a time; gives the escape's place. */
  private int copyRun(byte[] source, int start, int end) {
    int at = start;
    int to = length;
    while (at <= end - Long.BYTES) {
      long word = (long) LONGS.get(source, at);
      LONGS.set(bytes, to, word);
      long differences = word ^ BACKSLASHES;
      long found = (differences - ONES) & ~differences & HIGH_BITS;
      if (found != 0) {
        int run = Long.numberOfTrailingZeros(found) >> 3;
        length = to + run;
        return at + run;
      }
      at += Long.BYTES;
      to += Long.BYTES;
    }
    while (at < end && source[at] != '\\') {
      bytes[to++] = source[at++];
    }
    length = to;
    return at;
  }

  private static byte simple(byte letter) {
    return switch (letter) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> letter;
    };
  }

  private static int hex(byte[] source, int at) {
    int value = 0;
    for (int i = at; i < at + 4; i++) {
      value = (value << 4) | Character.digit(source[i], 16);
    }
    return value;
  }

  private void append(int codePoint) {
    if (codePoint < 0x80) {
      bytes[length++] = (byte) codePoint;
      return;
    }
    if (codePoint < 0x800) {
      bytes[length++] = (byte) (0xC0 | (codePoint >> 6));
    } else {
      if (codePoint < 0x10000) {
        bytes[length++] = (byte) (0xE0 | (codePoint >> 12));
      } else {
        bytes[length++] = (byte) (0xF0 | (codePoint >> 18));
        bytes[length++] = (byte) (0x80 | ((codePoint >> 12) & 0x3F));
      }
      bytes[length++] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
    }
    bytes[length++] = (byte) (0x80 | (codePoint & 0x3F));
  }
}
