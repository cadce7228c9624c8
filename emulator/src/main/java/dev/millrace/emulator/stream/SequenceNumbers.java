package dev.millrace.emulator.stream;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The sequence numbers of one shard. Record {@code k} carries {@code start + (k + 1) × STRIDE}, so
 * that a number and a record's place in the log are computed from each other and need no index. The
 * stride is there so that no reader gets away with taking the next number for the last plus one.
 */
final class SequenceNumbers {
  static final long STRIDE = 48_271;
  private static final BigInteger STRIDE_NUMBER = BigInteger.valueOf(STRIDE);

  private final BigInteger start;

  /** The decimal digits of the last number given out, right-aligned. */
  private byte[] digits;

  SequenceNumbers(BigInteger start) {
    this.start = start;
    this.digits = start.toString().getBytes(StandardCharsets.US_ASCII);
  }

  BigInteger start() {
    return start;
  }

  BigInteger of(long ordinal) {
    return start.add(STRIDE_NUMBER.multiply(BigInteger.valueOf(ordinal + 1)));
  }

  /** The first record whose number is {@code number} or more. */
  long firstAtOrAfter(BigInteger number) {
    return firstAfter(number.subtract(BigInteger.ONE));
  }

  /** The first record whose number is more than {@code number}. */
  long firstAfter(BigInteger number) {
    BigInteger distance = number.subtract(start);
    return distance.signum() < 0 ? 0 : distance.divide(STRIDE_NUMBER).longValueExact();
  }

  /** The next number in decimal. The array is reused by the next call. */
  byte[] next() {
    long carry = STRIDE;
    for (int i = digits.length - 1; carry > 0; i--) {
      if (i < 0) {
        digits = widened(digits);
        i = 0;
      }
      long sum = digits[i] - '0' + carry;
      digits[i] = (byte) ('0' + sum % 10);
      carry = sum / 10;
    }
    return digits;
  }

  private static byte[] widened(byte[] digits) {
    byte[] wider = new byte[digits.length + 1];
    Arrays.fill(wider, (byte) '0');
    System.arraycopy(digits, 0, wider, 1, digits.length);
    return wider;
  }
}
