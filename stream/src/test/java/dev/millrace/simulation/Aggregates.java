package dev.millrace.simulation;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what producer libraries write, and what goes wrong with it. */
final class Aggregates {
  private static final byte[] MAGIC = {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2};

  /**
   * A user record to be put in.
   *
   * @param explicitHash an explicit hash key, in place of the key's own
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Content(Key key, @Nullable BigInteger explicitHash, byte[] data) {
    BigInteger hash() {
      return explicitHash == null ? key.hash() : explicitHash;
    }
  }

  private Aggregates() {}

  static byte[] encode(List<Content> contents) {
    Map<String, Integer> keys = new LinkedHashMap<>();
    Map<String, Integer> hashes = new LinkedHashMap<>();
    for (Content content : contents) {
      keys.putIfAbsent(content.key().name(), keys.size());
      if (content.explicitHash() != null) {
        hashes.putIfAbsent(content.explicitHash().toString(), hashes.size());
      }
    }
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    keys.keySet().forEach(key -> field(message, 1, key.getBytes(StandardCharsets.UTF_8)));
    hashes.keySet().forEach(hash -> field(message, 2, hash.getBytes(StandardCharsets.UTF_8)));
    for (Content content : contents) {
      field(message, 3, record(content, keys, hashes));
    }
    return sealed(message.toByteArray());
  }

  private static byte[] record(
      Content content, Map<String, Integer> keys, Map<String, Integer> hashes) {
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    number(record, 1, keys.getOrDefault(content.key().name(), 0));
    if (content.explicitHash() != null) {
      number(record, 2, hashes.getOrDefault(content.explicitHash().toString(), 0));
    }
    field(record, 3, content.data());
    return record.toByteArray();
  }

  private static byte[] sealed(byte[] message) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(MAGIC);
    all.writeBytes(message);
    all.writeBytes(Key.md5().digest(message));
    return all.toByteArray();
  }

  /** What begins as an aggregate and is no whole one. */
  static byte[] damaged(List<Content> contents, Dice dice) {
    byte[] whole = encode(contents);
    switch (dice.between(0, 3)) {
      case 0 -> {
        whole[whole.length - 1 - dice.between(0, 15)] ^= 1;
        return whole;
      }
      case 1 -> {
        return Arrays.copyOf(whole, dice.between(MAGIC.length, whole.length - 1));
      }
      case 2 -> {
        return sealed(new byte[0]);
      }
      default -> {
        byte[] ordinary = Arrays.copyOf(MAGIC, MAGIC.length + dice.between(0, 40));
        Arrays.fill(ordinary, MAGIC.length, ordinary.length, (byte) 'x');
        return ordinary;
      }
    }
  }

  private static void field(ByteArrayOutputStream out, int field, byte[] bytes) {
    varint(out, field << 3 | 2);
    varint(out, bytes.length);
    out.writeBytes(bytes);
  }

  private static void number(ByteArrayOutputStream out, int field, int value) {
    varint(out, field << 3);
    varint(out, value);
  }

  private static void varint(ByteArrayOutputStream out, int value) {
    int rest = value;
    while (rest >= 0x80) {
      out.write((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }
}
