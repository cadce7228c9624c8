package dev.millrace.stream;

/**
 * A record's place in its shard: a decimal number of up to 186 bits, as the service writes it.
 * Ordered as a number, never as text; the digits are kept as they came so that nothing is formatted
 * again.
 */
public record SequenceNumber(String digits) implements Comparable<SequenceNumber> {
  public SequenceNumber {
    if (!isCanonical(digits)) {
      throw new IllegalArgumentException(
          "Not a sequence number: '" + digits + "' (decimal digits without leading zeros)");
    }
  }

  private static boolean isCanonical(String digits) {
    int length = digits.length();
    if (length == 0 || (length > 1 && digits.charAt(0) == '0')) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = digits.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
    }
    return true;
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
  public String toString() {
    return digits;
  }
}
