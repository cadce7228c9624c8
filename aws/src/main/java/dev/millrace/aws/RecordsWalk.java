package dev.millrace.aws;

import dev.millrace.read.ChildShard;
import dev.millrace.read.RecordsAnswer;
import dev.millrace.read.ShardIterator;
import dev.millrace.stream.HashKeyRange;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.UserRecord;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One pass over the CBOR body of a GetRecords answer. Records become views of the body; what is
 * made of each is the view, its sequence number and its partition key. Fields can come in any order
 * and unknown ones are passed over; a field that is null is one that is not there.
 *
 * <p>Times are milliseconds since the epoch, whatever their tag: tag 1 means seconds elsewhere, not
 * in this protocol, and the SDK's own unmarshaller does not look at it either.
 */
final class RecordsWalk {
  private static final byte[] RECORDS = name("Records");
  private static final byte[] NEXT_ITERATOR = name("NextShardIterator");
  private static final byte[] MILLIS_BEHIND = name("MillisBehindLatest");
  private static final byte[] CHILD_SHARDS = name("ChildShards");
  private static final byte[] DATA = name("Data");
  private static final byte[] PARTITION_KEY = name("PartitionKey");
  private static final byte[] SEQUENCE_NUMBER = name("SequenceNumber");
  private static final byte[] ARRIVAL = name("ApproximateArrivalTimestamp");
  private static final byte[] SHARD_ID = name("ShardId");
  private static final byte[] PARENT_SHARDS = name("ParentShards");
  private static final byte[] HASH_KEY_RANGE = name("HashKeyRange");
  private static final byte[] STARTING_HASH_KEY = name("StartingHashKey");
  private static final byte[] ENDING_HASH_KEY = name("EndingHashKey");

  /** 2^128 - 1 has 39 digits. */
  private static final int MAX_HASH_KEY_DIGITS = 39;

  /** Fewer bytes than any record takes, so that a declared count cannot reserve much. */
  private static final int LEAST_RECORD_BYTES = 64;

  private static final long NO_TIME = Long.MIN_VALUE;

  private final CborCursor in;
  private final ShardId shard;
  private final int size;

  private List<UserRecord> records = List.of();
  private List<ChildShard> children = List.of();
  private Optional<ShardIterator> next = Optional.empty();
  private OptionalLong millisBehind = OptionalLong.empty();
  private long dataBytes;

  // The record being read, and the partition key of the one before.
  private @Nullable SequenceNumber sequence;
  private long arrivalMillis;
  private byte @Nullable [] data;
  private int dataOffset;
  private int dataLength;
  private @Nullable String key;
  private String lastKey = "";
  private byte[] lastKeyBuffer = new byte[0];
  private int lastKeyOffset;
  private int lastKeyLength;

  private RecordsWalk(RecordsBody body, ShardId shard) {
    this.in = new CborCursor(body.bytes(), body.size());
    this.shard = shard;
    this.size = body.size();
  }

  /** Reads one answer; its records stay in the body. */
  static RecordsAnswer read(RecordsBody body, ShardId shard, Instant serviceTime)
      throws CborException {
    RecordsWalk walk = new RecordsWalk(body, shard);
    walk.readAnswer();
    return new RecordsAnswer(
        walk.records, walk.dataBytes, walk.next, walk.millisBehind, walk.children, serviceTime);
  }

  private void readAnswer() throws CborException {
    for (int left = in.openMap(); in.hasMore(left); left--) {
      in.findText();
      if (in.isString(RECORDS)) {
        records = readRecords();
      } else if (in.isString(NEXT_ITERATOR)) {
        next = Optional.ofNullable(readText()).map(ShardIterator::new);
      } else if (in.isString(MILLIS_BEHIND)) {
        millisBehind = in.takeNull() ? OptionalLong.empty() : OptionalLong.of(in.number());
      } else if (in.isString(CHILD_SHARDS)) {
        children = readChildren();
      } else {
        in.skip();
      }
    }
    in.expectEnd();
  }

  private List<UserRecord> readRecords() throws CborException {
    dataBytes = 0;
    if (in.takeNull()) {
      return List.of();
    }
    int left = in.openArray();
    List<UserRecord> read = new ArrayList<>(Math.min(Math.max(left, 0), size / LEAST_RECORD_BYTES));
    for (; in.hasMore(left); left--) {
      read.add(readRecord());
    }
    return Collections.unmodifiableList(read);
  }

  private UserRecord readRecord() throws CborException {
    sequence = null;
    arrivalMillis = NO_TIME;
    data = null;
    key = null;
    for (int left = in.openMap(); in.hasMore(left); left--) {
      in.findText();
      readField();
    }
    if (sequence == null || arrivalMillis == NO_TIME || data == null) {
      throw in.refused("a record without sequence number, arrival time or data");
    }
    dataBytes += dataLength;
    return new UserRecord(shard, sequence, 0, arrivalMillis, key, data, dataOffset, dataLength);
  }

  private void readField() throws CborException {
    if (in.isString(DATA)) {
      readData();
    } else if (in.isString(SEQUENCE_NUMBER)) {
      sequence = readSequenceNumber();
    } else if (in.isString(PARTITION_KEY)) {
      key = readKey();
    } else if (in.isString(ARRIVAL)) {
      arrivalMillis = in.takeNull() ? NO_TIME : in.number();
    } else {
      in.skip();
    }
  }

  private void readData() throws CborException {
    if (in.takeNull()) {
      data = null;
      return;
    }
    if (in.isAtText()) {
      data = readBase64();
      dataOffset = 0;
      dataLength = data.length;
      return;
    }
    in.findBytes();
    data = in.buffer();
    dataOffset = in.offset();
    dataLength = in.length();
  }

  /** As JSON has it: an emulator writes data so in CBOR, too, and the SDK takes it. */
  private byte[] readBase64() throws CborException {
    in.findText();
    try {
      return Base64.getDecoder().decode(in.string(StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException e) {
      throw in.refused("data that is not base64");
    }
  }

  private @Nullable SequenceNumber readSequenceNumber() throws CborException {
    if (in.takeNull()) {
      return null;
    }
    in.findText();
    try {
      return SequenceNumber.of(in.buffer(), in.offset(), in.length());
    } catch (IllegalArgumentException e) {
      throw in.refused("something else than a sequence number");
    }
  }

  /** Records of one producer often come with one key after another the same. */
  private @Nullable String readKey() throws CborException {
    if (in.takeNull()) {
      return null;
    }
    in.findText();
    if (!isLastKey()) {
      lastKey = in.string(StandardCharsets.UTF_8);
      lastKeyBuffer = in.buffer();
      lastKeyOffset = in.offset();
      lastKeyLength = in.length();
    }
    return lastKey;
  }

  private boolean isLastKey() {
    return in.length() == lastKeyLength
        && Arrays.equals(
            in.buffer(),
            in.offset(),
            in.offset() + lastKeyLength,
            lastKeyBuffer,
            lastKeyOffset,
            lastKeyOffset + lastKeyLength);
  }

  private List<ChildShard> readChildren() throws CborException {
    List<ChildShard> read = new ArrayList<>();
    if (!in.takeNull()) {
      for (int left = in.openArray(); in.hasMore(left); left--) {
        read.add(readChild());
      }
    }
    return List.copyOf(read);
  }

  private ChildShard readChild() throws CborException {
    @Nullable ShardId id = null;
    List<ShardId> parents = List.of();
    Optional<HashKeyRange> hashKeys = Optional.empty();
    for (int left = in.openMap(); in.hasMore(left); left--) {
      in.findText();
      if (in.isString(SHARD_ID)) {
        id = readShardId();
      } else if (in.isString(PARENT_SHARDS)) {
        parents = readParents();
      } else if (in.isString(HASH_KEY_RANGE)) {
        hashKeys = readHashKeys();
      } else {
        in.skip();
      }
    }
    if (id == null) {
      throw in.refused("a child shard without an id");
    }
    return new ChildShard(id, parents, hashKeys);
  }

  private Optional<HashKeyRange> readHashKeys() throws CborException {
    if (in.takeNull()) {
      return Optional.empty();
    }
    @Nullable BigInteger first = null;
    @Nullable BigInteger last = null;
    for (int left = in.openMap(); in.hasMore(left); left--) {
      in.findText();
      if (in.isString(STARTING_HASH_KEY)) {
        first = readHashKey();
      } else if (in.isString(ENDING_HASH_KEY)) {
        last = readHashKey();
      } else {
        in.skip();
      }
    }
    if (first == null || last == null || first.compareTo(last) > 0) {
      throw in.refused("a range of hash keys without beginning or end");
    }
    return Optional.of(new HashKeyRange(first, last));
  }

  private BigInteger readHashKey() throws CborException {
    @Nullable String digits = readText();
    if (digits == null
        || digits.isEmpty()
        || digits.length() > MAX_HASH_KEY_DIGITS
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw in.refused("a hash key that is no number");
    }
    return new BigInteger(digits);
  }

  private List<ShardId> readParents() throws CborException {
    List<ShardId> read = new ArrayList<>();
    if (!in.takeNull()) {
      for (int left = in.openArray(); in.hasMore(left); left--) {
        read.add(readShardId());
      }
    }
    return List.copyOf(read);
  }

  private ShardId readShardId() throws CborException {
    @Nullable String id = readText();
    if (id == null || id.isEmpty()) {
      throw in.refused("a shard without an id");
    }
    return new ShardId(id);
  }

  private @Nullable String readText() throws CborException {
    if (in.takeNull()) {
      return null;
    }
    in.findText();
    return in.string(StandardCharsets.UTF_8);
  }

  private static byte[] name(String name) {
    return name.getBytes(StandardCharsets.US_ASCII);
  }
}
