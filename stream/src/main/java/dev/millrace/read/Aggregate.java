package dev.millrace.read;

import dev.millrace.stream.UserRecord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The user records that a producer library put into one record: four magic bytes, a protobuf
 * message {1: partition keys, 2: explicit hash keys, 3: records {1: index of the partition key, 2:
 * index of the explicit hash key, 3: data, 4: tags}}, and the message's MD5.
 *
 * <p>Parsing looks at the whole message before anything of it is handed out, so that an aggregate
 * is either delivered whole or, as one raw record, not at all. It keeps four numbers a user record;
 * the records themselves are made as they are taken.
 */
final class Aggregate {
  private static final byte[] MAGIC = {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2};
  private static final int MD5_BYTES = 16;

  /** The numbers kept of a user record: its keys' indexes, where its data is and how long. */
  private static final int PART = 4;

  private static final int ABSENT = -1;

  /** It begins like an aggregate and is none, or none any more. */
  static final class Damaged extends Exception {
    private static final long serialVersionUID = 1L;

    Damaged(String what) {
      super(what, null, false, false);
    }
  }

  private final UserRecord whole;
  private final List<String> keys = new ArrayList<>();
  private final List<String> explicitHashKeys = new ArrayList<>();
  private int[] parts = new int[16 * PART];
  private int size;
  private byte @Nullable [] keyInRange;

  private Aggregate(UserRecord whole) {
    this.whole = whole;
  }

  /** Whether a record begins as aggregates do; a user's own data may do so, too. */
  static boolean isLikely(UserRecord record) {
    int offset = record.offset();
    return record.length() >= MAGIC.length
        && record.buffer()[offset] == MAGIC[0]
        && Arrays.equals(record.buffer(), offset, offset + MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  /**
   * Takes a record apart that begins as aggregates do.
   *
   * @param md5 used here alone while this runs
   */
  static Aggregate parse(UserRecord record, MessageDigest md5) throws Damaged {
    if (record.length() < MAGIC.length + MD5_BYTES) {
      throw new Damaged("it is too short for one");
    }
    int from = record.offset() + MAGIC.length;
    int to = record.offset() + record.length() - MD5_BYTES;
    md5.update(record.buffer(), from, to - from);
    if (!Arrays.equals(md5.digest(), 0, MD5_BYTES, record.buffer(), to, to + MD5_BYTES)) {
      throw new Damaged("its MD5 does not match");
    }
    Aggregate aggregate = new Aggregate(record);
    aggregate.readMessage(new ProtobufReader(record.buffer(), from, to));
    aggregate.checkKeys();
    return aggregate;
  }

  private void readMessage(ProtobufReader message) throws Damaged {
    while (message.hasMore()) {
      int tag = message.tag();
      switch (tag) {
        case ProtobufReader.FIELD_1_BYTES -> keys.add(string(message));
        case ProtobufReader.FIELD_2_BYTES -> explicitHashKeys.add(string(message));
        case ProtobufReader.FIELD_3_BYTES -> readRecord(message.message());
        default -> message.skip(tag);
      }
    }
  }

  private String string(ProtobufReader message) throws Damaged {
    int length = message.length();
    return new String(whole.buffer(), message.take(length), length, StandardCharsets.UTF_8);
  }

  private void readRecord(ProtobufReader record) throws Damaged {
    int key = ABSENT;
    int hashKey = ABSENT;
    int offset = ABSENT;
    int length = 0;
    while (record.hasMore()) {
      int tag = record.tag();
      switch (tag) {
        case ProtobufReader.FIELD_1_NUMBER -> key = record.index();
        case ProtobufReader.FIELD_2_NUMBER -> hashKey = record.index();
        case ProtobufReader.FIELD_3_BYTES -> {
          length = record.length();
          offset = record.take(length);
        }
        default -> record.skip(tag);
      }
    }
    if (key == ABSENT || offset == ABSENT) {
      throw new Damaged("user record " + size + " has no partition key or no data");
    }
    add(key, hashKey, offset, length);
  }

  private void add(int key, int hashKey, int offset, int length) {
    int at = size * PART;
    if (at == parts.length) {
      parts = Arrays.copyOf(parts, 2 * at);
    }
    parts[at] = key;
    parts[at + 1] = hashKey;
    parts[at + 2] = offset;
    parts[at + 3] = length;
    size++;
  }

  private void checkKeys() throws Damaged {
    if (size == 0) {
      throw new Damaged("it holds no user record");
    }
    for (int i = 0; i < size; i++) {
      if (parts[i * PART] >= keys.size() || parts[i * PART + 1] >= explicitHashKeys.size()) {
        throw new Damaged("user record " + i + " names a key that is not there");
      }
    }
  }

  int size() {
    return size;
  }

  /**
   * A user record.
   *
   * @param range the hash keys of the record's shard, or null where they are not known
   */
  UserRecord get(int index, @Nullable HashKeyCheck range) {
    int at = index * PART;
    return new UserRecord(
        whole.shard(),
        whole.sequence(),
        index,
        whole.arrivalMillis(),
        keys.get(parts[at]),
        range != null && !isInRange(at, range),
        whole.buffer(),
        parts[at + 2],
        parts[at + 3]);
  }

  private boolean isInRange(int at, HashKeyCheck range) {
    if (parts[at + 1] != ABSENT) {
      return range.takesHashKey(explicitHashKeys.get(parts[at + 1]));
    }
    if (keyInRange == null) {
      keyInRange = new byte[keys.size()];
    }
    int key = parts[at];
    if (keyInRange[key] == 0) {
      keyInRange[key] = (byte) (range.takesPartitionKey(keys.get(key)) ? 1 : 2);
    }
    return keyInRange[key] == 1;
  }
}
