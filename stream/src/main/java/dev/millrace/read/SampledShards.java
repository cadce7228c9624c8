package dev.millrace.read;

import dev.millrace.stream.ShardId;
import dev.millrace.stream.UserRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The records of a sample while it is read, and an even part of each shard in the end. */
final class SampledShards {
  /** A sample is held in memory, decompressed and as it came. */
  private static final long MAX_BYTES = 64L << 20;

  private final Map<ShardId, List<UserRecord>> byShard = new LinkedHashMap<>();
  private final int shards;
  private final int wanted;
  private long bytes;
  private int size;

  /**
   * @param shards how many are read
   */
  SampledShards(int shards, int wanted) {
    this.shards = shards;
    this.wanted = wanted;
  }

  /** Records of one shard, in its order. */
  void add(List<UserRecord> records) {
    for (UserRecord record : records) {
      List<UserRecord> kept = byShard.computeIfAbsent(record.shard(), id -> new ArrayList<>());
      if (kept.size() < wanted && bytes < MAX_BYTES) {
        kept.add(copy(record));
        bytes += record.length();
        size++;
      }
    }
  }

  /** A record holds the answer it came in, which may be a thousand times its size. */
  private static UserRecord copy(UserRecord record) {
    return new UserRecord(
        record.shard(),
        record.sequence(),
        record.subsequence(),
        record.arrivalMillis(),
        record.partitionKey(),
        record.outOfRange(),
        record.copyData(),
        0,
        record.length());
  }

  int size() {
    return size;
  }

  /** Whether every shard gave its part, or no more can be held. */
  boolean isComplete() {
    int part = (wanted + shards - 1) / Math.max(1, shards);
    return bytes >= MAX_BYTES
        || (byShard.size() == shards
            && byShard.values().stream().allMatch(records -> records.size() >= part));
  }

  /** As many as wanted at most: the first of each shard, then the second of each, and so on. */
  List<UserRecord> take() {
    int depth = 0;
    int taken = 0;
    int before = -1;
    while (taken < wanted && taken != before) {
      before = taken;
      depth++;
      taken = upTo(depth);
    }
    List<UserRecord> sample = new ArrayList<>();
    for (List<UserRecord> records : byShard.values()) {
      sample.addAll(records.subList(0, Math.min(depth, records.size())));
    }
    return sample.size() <= wanted ? sample : sample.subList(0, wanted);
  }

  private int upTo(int depth) {
    return byShard.values().stream().mapToInt(records -> Math.min(depth, records.size())).sum();
  }
}
