package dev.millrace.stream;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A record's place in its shard: a decimal number of up to 186 bits, as the service writes it.
 * Ordered as a number, never as text; the digits are kept as they came so that nothing is formatted
 * again.
 */
public final class SequenceNumber implements Comparable<SequenceNumber> {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ZEROS = 0x3030303030303030L;
  private static final long HIGH_HALVES = 0xF0F0F0F0F0F0F0F0L;
  private static final long SIX_MORE = 0x0606060606060606L;

  private final String digits;

  public SequenceNumber(String digits) {
    this(digits.getBytes(StandardCharsets.UTF_8), digits);
  }

  private SequenceNumber(byte[] ascii, String digits) {
    if (!isCanonical(ascii, 0, ascii.length)) {
      throw refused(digits);
    }
    this.digits = digits;
  }

  private SequenceNumber(byte[] ascii, int offset, int length) {
    if (!isCanonical(ascii, offset, length)) {
      throw refused(new String(ascii, offset, length, StandardCharsets.ISO_8859_1));
    }
    this.digits = new String(ascii, offset, length, StandardCharsets.ISO_8859_1);
  }

  /** Reads a number where it lies in an answer. */
  public static SequenceNumber of(byte[] ascii, int offset, int length) {
    return new SequenceNumber(ascii, offset, length);
  }

  private static IllegalArgumentException refused(String digits) {
    return new IllegalArgumentException(
        "Not a sequence number: '" + digits + "' (decimal digits without leading zeros)");
  }

  private static boolean isCanonical(byte[] ascii, int offset, int length) {
    if (length == 0 || (length > 1 && ascii[offset] == '0')) {
      return false;
    }
    int end = offset + length;
    int at = offset;
    for (; at <= end - Long.BYTES; at += Long.BYTES) {
      if (!areDigits((long) LONGS.get(ascii, at))) {
        return false;
      }
    }
    for (; at < end; at++) {
      if (ascii[at] < '0' || ascii[at] > '9') {
        return false;
      }
    }
    return true;
  }

  /** Eight at once: what is no digit has another high half, or gets one from six more. */
  private static boolean areDigits(long eight) {
    return (eight & HIGH_HALVES) == ZEROS && (eight + SIX_MORE & HIGH_HALVES) == ZEROS;
  }

  public String digits() {
    return digits;
  }

  /** Without leading zeros a longer number is a larger one. */
  @Override
  public int compareTo(SequenceNumber other) {
    int byWidth = Integer.compare(digits.length(), other.digits.length());
    return byWidth != 0 ? byWidth : digits.compareTo(other.digits);
  }

  public boolean isBefore(SequenceNumber other) {
    return compareTo(other) < 0;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SequenceNumber number && digits.equals(number.digits);
  }

  @Override
  public int hashCode() {
    return digits.hashCode();
  }

  @Override
  public String toString() {
    return digits;
  }
}
