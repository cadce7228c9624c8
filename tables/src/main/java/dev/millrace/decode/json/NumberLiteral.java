package dev.millrace.decode.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A number as JSON writes it: where it stands, and its value where that fits a long with a power of
 * ten. Reused from number to number. Digits are read eight at a time.
 */
public final class NumberLiteral {
  /** Nineteen digits always fit 64 bits, read as unsigned. */
  private static final int MAX_EXACT_DIGITS = 19;

  private static final int MAX_EXPONENT = 1_000_000_000;

  /**
   * Larger ones are cut to this, which stays too large whatever digits behind the point take off.
   */
  private static final int CUT_EXPONENT = 1_100_000_000;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long ZEROS = '0' * ONES;
  private static final long ABOVE_NINE = (0x7F - 9) * ONES;
  private static final long[] POWERS = {
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000
  };

  private byte[] buffer = new byte[0];
  private int start;
  private int end;
  private boolean negative;
  private boolean whole;
  private boolean exact;
  private long digits;
  private int exponent;
  private int failure;

  /**
   * Reads the number at {@code from}.
   *
   * @return the place after it, or -1 where it is none: {@link #failure} says where it breaks
   */
  public int read(byte[] bytes, int from, int limit) {
    buffer = bytes;
    start = from;
    int at = from;
    negative = at < limit && bytes[at] == '-';
    if (negative) {
      at++;
    }
    int first = at;
    digits = 0;
    at = digits(bytes, at, limit);
    int count = at - first;
    if (count == 0 || (count > 1 && bytes[first] == '0')) {
      return fail(count == 0 ? at : first + 1);
    }
    exponent = 0;
    whole = true;
    if (at < limit && bytes[at] == '.') {
      at = fraction(bytes, at + 1, limit);
      count -= exponent;
    }
    if (at >= 0 && at < limit && (bytes[at] | 0x20) == 'e') {
      at = exponent(bytes, at + 1, limit);
    }
    exact = count <= MAX_EXACT_DIGITS && digits >= 0;
    end = at;
    return at;
  }

  private int fraction(byte[] bytes, int from, int limit) {
    whole = false;
    int at = digits(bytes, from, limit);
    exponent = from - at;
    return at == from ? fail(at) : at;
  }

  /** Appends the digits that come next to those there are; gives the place after them. */
  private int digits(byte[] bytes, int from, int limit) {
    int at = from;
    long value = digits;
    while (at <= limit - Long.BYTES) {
      long digitsOnly = (long) LONGS.get(bytes, at) ^ ZEROS;
      // A sum that carries does so into a byte after one that is no digit.
      long others = ((digitsOnly + ABOVE_NINE) | digitsOnly) & HIGH_BITS;
      if (others != 0) {
        int count = Long.numberOfTrailingZeros(others) >> 3;
        // What follows the digits makes way for zeros before them; no shift goes by 64 bits.
        long padded = digitsOnly << (Byte.SIZE * (Long.BYTES - 1 - count)) << Byte.SIZE;
        digits = value * POWERS[count] + eight(padded);
        return at + count;
      }
      value = value * POWERS[Long.BYTES] + eight(digitsOnly);
      at += Long.BYTES;
    }
    while (at < limit && isDigit(bytes[at])) {
      value = value * 10 + (bytes[at++] - '0');
    }
    digits = value;
    return at;
  }

  /** Eight digits as a number, the first in the lowest byte: pairs, then fours, then all. */
  private static long eight(long digits) {
    long pairs = digits * 10 + (digits >>> 8);
    long high = (pairs & 0x000000FF000000FFL) * (100 + (1_000_000L << 32));
    long low = ((pairs >>> 16) & 0x000000FF000000FFL) * (1 + (10_000L << 32));
    return (high + low) >>> 32;
  }

  private int exponent(byte[] bytes, int from, int limit) {
    whole = false;
    int at = from;
    boolean down = at < limit && bytes[at] == '-';
    if (at < limit && (bytes[at] == '-' || bytes[at] == '+')) {
      at++;
    }
    int first = at;
    long value = 0;
    while (at < limit && isDigit(bytes[at])) {
      value = Math.min(CUT_EXPONENT, value * 10 + (bytes[at++] - '0'));
    }
    exponent += (int) (down ? -value : value);
    return at == first ? fail(at) : at;
  }

  private int fail(int at) {
    failure = at;
    return -1;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /** Where the last {@link #read} broke. */
  public int failure() {
    return failure;
  }

  public byte[] buffer() {
    return buffer;
  }

  public int start() {
    return start;
  }

  public int length() {
    return end - start;
  }

  public boolean isNegative() {
    return negative;
  }

  /** Written without a fraction and without an exponent. */
  public boolean isWhole() {
    return whole;
  }

  /** Whether {@link #digits} and {@link #exponent} are the whole value. */
  public boolean isExact() {
    return exact;
  }

  /** The digits without point and sign. */
  public long digits() {
    return digits;
  }

  /** The power of ten that {@link #digits} count. */
  public int exponent() {
    return exponent;
  }

  /**
   * The exact value. Cost grows with the square of the length.
   *
   * @throws ArithmeticException where the exponent is beyond any use
   */
  public BigDecimal toBigDecimal() {
    if (Math.abs((long) exponent) >= MAX_EXPONENT) {
      throw new ArithmeticException("exponent");
    }
    if (exact) {
      return BigDecimal.valueOf(negative ? -digits : digits, -exponent);
    }
    return new BigDecimal(toString());
  }

  /** The number as written. */
  @Override
  public String toString() {
    return new String(buffer, start, length(), StandardCharsets.ISO_8859_1);
  }
}
