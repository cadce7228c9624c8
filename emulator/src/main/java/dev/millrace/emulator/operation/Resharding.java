package dev.millrace.emulator.operation;

import dev.millrace.emulator.stream.HashKeyRange;
import dev.millrace.emulator.stream.KinesisStream;
import dev.millrace.emulator.stream.Shard;
import dev.millrace.emulator.wire.Answer;
import dev.millrace.emulator.wire.Fields;
import dev.millrace.emulator.wire.ServiceException;
import java.math.BigInteger;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** SplitShard, MergeShards and UpdateShardCount. */
final class Resharding {
  private final Account account;

  Resharding(Account account) {
    this.account = account;
  }

  Answer splitShard(Fields request) {
    String shardId = request.text("ShardToSplit");
    String newStart = request.text("NewStartingHashKey");
    new Violations()
        .required("shardToSplit", shardId)
        .name("shardToSplit", shardId)
        .required("newStartingHashKey", newStart)
        .pattern("newStartingHashKey", newStart, Violations.HASH_KEY)
        .throwIfAny();
    KinesisStream stream = account.stream(request);
    split(
        stream, Objects.requireNonNull(shardId), new BigInteger(Objects.requireNonNull(newStart)));
    return Answer.EMPTY;
  }

  void split(KinesisStream stream, String shardId, BigInteger newStart) {
    synchronized (stream) {
      Shard shard = openShard(stream, shardId);
      HashKeyRange range = shard.hashKeyRange();
      if (newStart.compareTo(range.start().add(BigInteger.ONE)) <= 0
          || newStart.compareTo(range.end()) >= 0) {
        throw ServiceException.invalidArgument(
            "NewStartingHashKey %s used in SplitShard() on shard %s in stream %s under account %s is not both greater than one plus the shard's StartingHashKey %s and less than the shard's EndingHashKey %s."
                .formatted(
                    newStart, shardId, stream.name(), account.id(), range.start(), range.end()));
      }
      checkShardCount(stream.openShards().size() + 1);
      stream.split(shard, newStart);
    }
  }

  Answer mergeShards(Fields request) {
    String shardId = request.text("ShardToMerge");
    String adjacentId = request.text("AdjacentShardToMerge");
    new Violations()
        .required("shardToMerge", shardId)
        .name("shardToMerge", shardId)
        .required("adjacentShardToMerge", adjacentId)
        .name("adjacentShardToMerge", adjacentId)
        .throwIfAny();
    KinesisStream stream = account.stream(request);
    merge(stream, Objects.requireNonNull(shardId), Objects.requireNonNull(adjacentId));
    return Answer.EMPTY;
  }

  void merge(KinesisStream stream, String shardId, String adjacentId) {
    synchronized (stream) {
      Shard shard = openShard(stream, shardId);
      Shard adjacent = openShard(stream, adjacentId);
      if (!shard.hashKeyRange().isAdjacentTo(adjacent.hashKeyRange())) {
        throw ServiceException.invalidArgument(
            "Shards %s and %s in stream %s under account %s are not an adjacent pair of shards eligible for merging."
                .formatted(shardId, adjacentId, stream.name(), account.id()));
      }
      stream.merge(shard, adjacent);
    }
  }

  private Shard openShard(KinesisStream stream, String shardId) {
    Shard shard = account.shard(stream, shardId);
    if (!shard.isOpen()) {
      throw ServiceException.invalidArgument(
          "Shard %s in stream %s under account %s is closed: it cannot be split or merged."
              .formatted(shardId, stream.name(), account.id()));
    }
    return shard;
  }

  Answer updateShardCount(Fields request) {
    Integer target = request.integer("TargetShardCount");
    String scaling = request.text("ScalingType");
    Violations violations =
        new Violations()
            .required("targetShardCount", target)
            .range("targetShardCount", target, 1, Integer.MAX_VALUE)
            .required("scalingType", scaling);
    checkScaling(violations, scaling);
    violations.throwIfAny();
    KinesisStream stream = account.stream(request);
    int wanted = Objects.requireNonNull(target);
    int current = scale(stream, wanted);
    return out ->
        out.text("StreamName", stream.name())
            .number("CurrentShardCount", current)
            .number("TargetShardCount", wanted)
            .text("StreamARN", account.arn(stream));
  }

  private static void checkScaling(Violations violations, @Nullable String scaling) {
    if (scaling != null && !scaling.equals("UNIFORM_SCALING")) {
      violations.add(
          scaling, "scalingType", "Member must satisfy enum value set: [UNIFORM_SCALING]");
    }
  }

  /** Reshards to {@code target} and says how many open shards there were. */
  int scale(KinesisStream stream, int target) {
    synchronized (stream) {
      int current = stream.openShards().size();
      if (target > 2L * current) {
        throw ServiceException.invalidArgument(
            "UpdateShardCount cannot scale up over double your current open shard count. Current open shard count: %d Target shard count: %d"
                .formatted(current, target));
      }
      if (2L * target < current) {
        throw ServiceException.invalidArgument(
            "UpdateShardCount cannot scale down below half your current open shard count. Current open shard count: %d Target shard count: %d"
                .formatted(current, target));
      }
      checkShardCount(target);
      stream.scaleTo(target);
      return current;
    }
  }

  private static void checkShardCount(int open) {
    if (open > Administration.MAX_SHARDS) {
      throw ServiceException.limitExceeded(
          "%d open shards exceed %d, the most this emulator serves a stream."
              .formatted(open, Administration.MAX_SHARDS));
    }
  }
}
