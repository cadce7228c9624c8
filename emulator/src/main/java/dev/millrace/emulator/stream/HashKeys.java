package dev.millrace.emulator.stream;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** How a partition key becomes a hash key: its MD5 as an unsigned number of 128 bits. */
public final class HashKeys {

  private HashKeys() {}

  public static BigInteger of(byte[] partitionKey) {
    try {
      return new BigInteger(1, MessageDigest.getInstance("MD5").digest(partitionKey));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has MD5", e);
    }
  }
}
