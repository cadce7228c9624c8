package dev.millrace.decode.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** What there is to see in eight bytes of a string, the first in the lowest byte. */
final class StringWords {
  static final long HIGH_BITS = 0x8080808080808080L;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long BACKSLASHES = '\\' * ONES;
  private static final long TWOS = 2 * ONES;
  private static final long AFTER_SPACES = (' ' + 1) * ONES;
  private static final long ZEROS = '0' * ONES;
  private static final long ABOVE_NINE = (0x7F - 9) * ONES;

  private StringWords() {}

  static long at(byte[] bytes, int index) {
    return (long) LONGS.get(bytes, index);
  }

  /**
   * In its high bits, the high bit of the first byte that is a quote, a backslash or a control, and
   * perhaps of some after it: a difference below zero borrows from the next byte. With its second
   * bit turned, the quote is next to the controls and what they trade for it is no less than it
   * was. The other bits mean nothing.
   */
  static long marks(long word) {
    long differences = ((word ^ TWOS) - AFTER_SPACES) | ((word ^ BACKSLASHES) - ONES);
    return differences & ~word;
  }

  /** The high bit of the first byte that is no digit, and perhaps of some after it. */
  static long othersThanDigits(long word) {
    // A sum that carries does so into a byte after one that is no digit.
    long digits = word ^ ZEROS;
    return ((digits + ABOVE_NINE) | digits) & HIGH_BITS;
  }

  /** The byte of the first high bit: 0 to 7, or 8 without any. */
  static int first(long highBits) {
    return Long.numberOfTrailingZeros(highBits) >> 3;
  }

  /** The byte of the first high bit of two words, of which one has any. */
  static int first(long highBits, long next) {
    return highBits != 0 ? first(highBits) : Long.BYTES + first(next);
  }
}
