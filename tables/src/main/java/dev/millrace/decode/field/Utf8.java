package dev.millrace.decode.field;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing above U+10FFFF. */
public final class Utf8 {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080808080808080L;

  /**
   * The bits of which a lead of two bytes has one at least, and what takes them to the high bit.
   */
  private static final long LEAD_ABOVE_C1 = 0x1E1E1E1E1E1E1E1EL;

  private static final long BELOW_HIGH_BIT = 0x7E7E7E7E7E7E7E7EL;

  private Utf8() {}

  /**
   * As long as no sequence is longer than two bytes, words are checked without a branch on where
   * the sequences are: text of Latin and its neighbours has them at no place to be foreseen.
   */
  public static boolean isValid(byte[] bytes, int start, int end) {
    int at = start;
    // The high bit of the first byte where the word before ended with a lead.
    long open = 0;
    while (at <= end - Long.BYTES) {
      long word = (long) LONGS.get(bytes, at);
      long high = word & HIGH_BITS;
      long leads = high & (word << 1);
      long continuations = high ^ leads;
      long longer = leads & (word << 2);
      long overlong = leads & ~((word & LEAD_ABOVE_C1) + BELOW_HIGH_BIT);
      if (((continuations ^ (leads << Byte.SIZE | open)) | longer | overlong) != 0) {
        break;
      }
      open = leads >>> (Long.SIZE - Byte.SIZE);
      at += Long.BYTES;
    }
    return isValidBySequence(bytes, open == 0 ? at : at - 1, end);
  }

  private static boolean isValidBySequence(byte[] bytes, int start, int end) {
    int at = start;
    while (true) {
      at = skipAscii(bytes, at, end);
      if (at == end) {
        return true;
      }
      int width = sequence(bytes, at, end);
      if (width == 0) {
        return false;
      }
      at += width;
    }
  }

  private static int skipAscii(byte[] bytes, int start, int end) {
    int at = start;
    while (at <= end - Long.BYTES) {
      long high = (long) LONGS.get(bytes, at) & HIGH_BITS;
      if (high != 0) {
        return at + (Long.numberOfTrailingZeros(high) >> 3);
      }
      at += Long.BYTES;
    }
    while (at < end && bytes[at] >= 0) {
      at++;
    }
    return at;
  }

  /** Characters in valid UTF-8, a surrogate pair counting as one. */
  public static int countCodePoints(byte[] bytes, int start, int end) {
    int count = 0;
    for (int i = start; i < end; i++) {
      if ((bytes[i] & 0xC0) != 0x80) {
        count++;
      }
    }
    return count;
  }

  /** Bytes of the sequence of two or more that starts here, 0 where it is none. */
  private static int sequence(byte[] bytes, int at, int end) {
    int lead = bytes[at] & 0xFF;
    if (lead >= 0xC2 && lead < 0xE0) {
      return at + 1 < end && (bytes[at + 1] & 0xC0) == 0x80 ? 2 : 0;
    }
    int width = lead < 0xE0 ? 0 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    if (width == 0 || at + width > end) {
      return 0;
    }
    for (int i = at + 1; i < at + width; i++) {
      if ((bytes[i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    int second = bytes[at + 1] & 0xFF;
    boolean outside =
        switch (lead) {
          case 0xE0 -> second < 0xA0;
          case 0xED -> second >= 0xA0;
          case 0xF0 -> second < 0x90;
          case 0xF4 -> second >= 0x90;
          default -> false;
        };
    return outside ? 0 : width;
  }
}
