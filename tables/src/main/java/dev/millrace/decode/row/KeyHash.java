package dev.millrace.decode.row;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * Hashes of keys that come from messages. They depend on a secret of the process, since whoever
 * writes the messages could otherwise choose keys that all have one hash.
 */
final class KeyHash {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final KeyHash RANDOM = random(new SecureRandom());

  private final long seed;
  private final long secret;

  KeyHash(long seed, long secret) {
    this.seed = seed;
    this.secret = secret;
  }

  private static KeyHash random(SecureRandom random) {
    return new KeyHash(random.nextLong(), random.nextLong());
  }

  static KeyHash random() {
    return RANDOM;
  }

  long of(byte[] bytes, int offset, int length) {
    long hash = mix(seed, length);
    int at = offset;
    int end = offset + length;
    for (; at <= end - Long.BYTES; at += Long.BYTES) {
      hash = mix(hash, (long) LONGS.get(bytes, at));
    }
    long rest = 0;
    for (; at < end; at++) {
      rest = (rest << Byte.SIZE) | (bytes[at] & 0xFF);
    }
    return mix(hash, rest);
  }

  long of(long first, long second) {
    return mix(mix(seed, first), second);
  }

  /** Both halves of a product of 128 bits: each bit of a word reaches all of the hash. */
  private long mix(long hash, long word) {
    long a = hash ^ word;
    long b = secret ^ Long.rotateLeft(hash, 32);
    return (a * b) ^ Math.multiplyHigh(a, b);
  }
}
