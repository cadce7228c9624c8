package dev.millrace.table;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A compiled {@code FileDescriptorSet} of Protocol Buffers, as {@code protoc} writes it. */
public final class DescriptorSet {
  private final byte[] bytes;

  public DescriptorSet(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DescriptorSet set && Arrays.equals(set.bytes, bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** A digest: it tells sets apart and fits in a line. */
  @Override
  public String toString() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every JDK has SHA-256", e);
    }
  }
}
