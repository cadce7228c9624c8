package dev.millrace.read;

import dev.millrace.stream.HashKeyRange;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/** Whether a shard takes a hash key, or a partition key by its MD5. Not thread-safe. */
final class HashKeyCheck {
  private static final int HASH_BYTES = 16;

  private final HashKeyRange range;
  private final byte[] first;
  private final byte[] last;
  private final MessageDigest md5;

  /**
   * @param md5 used by nobody else while a method runs
   */
  HashKeyCheck(HashKeyRange range, MessageDigest md5) {
    this.range = range;
    this.first = bytes(range.first());
    this.last = bytes(range.last());
    this.md5 = md5;
  }

  private static byte[] bytes(BigInteger hashKey) {
    byte[] signed = hashKey.toByteArray();
    byte[] bytes = new byte[HASH_BYTES];
    int length = Math.min(signed.length, HASH_BYTES);
    System.arraycopy(signed, signed.length - length, bytes, HASH_BYTES - length, length);
    return bytes;
  }

  boolean takesPartitionKey(String key) {
    byte[] hash = md5.digest(key.getBytes(StandardCharsets.UTF_8));
    return Arrays.compareUnsigned(first, hash) <= 0 && Arrays.compareUnsigned(hash, last) <= 0;
  }

  /** A hash key that is no number is in no shard's range. */
  boolean takesHashKey(String decimal) {
    return isDecimal(decimal) && range.contains(new BigInteger(decimal));
  }

  /** 2^128 has 39 digits; a number made from a longer text would only cost time. */
  private static boolean isDecimal(String text) {
    return !text.isEmpty()
        && text.length() <= 39
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
