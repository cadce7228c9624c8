package dev.millrace.emulator.stream;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** A part of the hash-key space, both ends inclusive. */
public record HashKeyRange(BigInteger start, BigInteger end) {
  private static final BigInteger SPACE = BigInteger.TWO.pow(128);

  /** The largest hash key there is. */
  public static final BigInteger MAX_KEY = SPACE.subtract(BigInteger.ONE);

  public HashKeyRange {
    if (start.signum() < 0 || start.compareTo(end) > 0 || end.compareTo(MAX_KEY) > 0) {
      throw new IllegalArgumentException("Not a range of hash keys: " + start + " to " + end);
    }
  }

  /** The whole space in equal parts; the last one takes what the division leaves over. */
  public static List<HashKeyRange> uniform(int parts) {
    BigInteger size = SPACE.divide(BigInteger.valueOf(parts));
    List<HashKeyRange> ranges = new ArrayList<>(parts);
    for (int i = 0; i < parts; i++) {
      BigInteger start = size.multiply(BigInteger.valueOf(i));
      BigInteger end = i == parts - 1 ? MAX_KEY : start.add(size).subtract(BigInteger.ONE);
      ranges.add(new HashKeyRange(start, end));
    }
    return ranges;
  }

  public boolean contains(BigInteger key) {
    return start.compareTo(key) <= 0 && key.compareTo(end) <= 0;
  }

  /** The part below {@code key}. */
  HashKeyRange below(BigInteger key) {
    return new HashKeyRange(start, key.subtract(BigInteger.ONE));
  }

  /** The part from {@code key} on. */
  HashKeyRange from(BigInteger key) {
    return new HashKeyRange(key, end);
  }

  public boolean isAdjacentTo(HashKeyRange other) {
    return end.add(BigInteger.ONE).equals(other.start)
        || other.end.add(BigInteger.ONE).equals(start);
  }

  HashKeyRange union(HashKeyRange other) {
    return new HashKeyRange(start.min(other.start), end.max(other.end));
  }

  /** The key that halves the range, as a split in the middle names it. */
  public BigInteger middle() {
    return start.add(end).add(BigInteger.ONE).shiftRight(1);
  }
}
