package dev.millrace.stream;

import java.math.BigInteger;

/** The hash keys a shard takes: both ends belong to it. Unsigned 128-bit numbers. */
public record HashKeyRange(BigInteger first, BigInteger last) {
  public HashKeyRange {
    if (first.compareTo(last) > 0) {
      throw new IllegalArgumentException("A hash key range is empty: " + first + " > " + last);
    }
  }

  public boolean contains(BigInteger hashKey) {
    return first.compareTo(hashKey) <= 0 && hashKey.compareTo(last) <= 0;
  }
}
