package dev.millrace.emulator;

import org.jspecify.annotations.Nullable;

/**
 * Which calls a fault may hit.
 *
 * @param operation such as {@code GetRecords}; null for any
 * @param shardId hits only calls that name a shard: GetRecords, GetShardIterator, SplitShard,
 *     MergeShards and SubscribeToShard; null for any
 */
public record FaultScope(@Nullable String operation, @Nullable String shardId) {

  public static FaultScope anyCall() {
    return new FaultScope(null, null);
  }

  public static FaultScope operation(String operation) {
    return new FaultScope(operation, null);
  }

  public FaultScope onShard(String id) {
    return new FaultScope(operation, id);
  }

  boolean covers(String calledOperation, String calledShardId) {
    return (operation == null || operation.equals(calledOperation))
        && (shardId == null || shardId.equals(calledShardId));
  }
}
