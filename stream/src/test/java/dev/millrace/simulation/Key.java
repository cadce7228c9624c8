package dev.millrace.simulation;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A partition key and its hash. */
record Key(String name, BigInteger hash) {
  static Key of(String name) {
    return new Key(name, new BigInteger(1, md5().digest(name.getBytes(StandardCharsets.UTF_8))));
  }

  static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
