package dev.millrace.read;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes aggregates, whole ones and others, from the format's public description. */
public final class KplAggregate {
  private static final byte[] MAGIC = {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2};

  private final List<String> keys = new ArrayList<>();
  private final List<String> hashKeys = new ArrayList<>();
  private final ByteArrayOutputStream records = new ByteArrayOutputStream();

  public KplAggregate add(String key, String data) {
    return add(key, null, data.getBytes(StandardCharsets.UTF_8));
  }

  public KplAggregate add(String key, @Nullable String explicitHashKey, byte[] data) {
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    number(record, 1, index(keys, key));
    if (explicitHashKey != null) {
      number(record, 2, index(hashKeys, explicitHashKey));
    }
    bytes(record, 3, data);
    bytes(records, 3, record.toByteArray());
    return this;
  }

  /** A user record as somebody else's bytes. */
  public KplAggregate addRaw(byte[] record) {
    bytes(records, 3, record);
    return this;
  }

  private static int index(List<String> table, String entry) {
    if (!table.contains(entry)) {
      table.add(entry);
    }
    return table.indexOf(entry);
  }

  /** The protobuf message alone. */
  public byte[] message() {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    keys.forEach(key -> bytes(message, 1, key.getBytes(StandardCharsets.UTF_8)));
    hashKeys.forEach(key -> bytes(message, 2, key.getBytes(StandardCharsets.UTF_8)));
    message.writeBytes(records.toByteArray());
    return message.toByteArray();
  }

  public byte[] toBytes() {
    return wrap(message());
  }

  /** Any message with magic and a matching MD5. */
  public static byte[] wrap(byte[] message) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(MAGIC);
    whole.writeBytes(message);
    whole.writeBytes(md5(message));
    return whole.toByteArray();
  }

  private static byte[] md5(byte[] message) {
    try {
      return MessageDigest.getInstance("MD5").digest(message);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static void number(ByteArrayOutputStream out, int field, long value) {
    varint(out, (long) field << 3);
    varint(out, value);
  }

  private static void bytes(ByteArrayOutputStream out, int field, byte[] value) {
    varint(out, (long) field << 3 | 2);
    varint(out, value.length);
    out.writeBytes(value);
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
