package dev.millrace.read;

import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamRef;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One budget for each shard, whoever reads it. Thread-safe. */
public final class ShardBudgets {
  private record Key(StreamRef stream, ShardId shard) {}

  private final Map<Key, ShardBudget> budgets = new ConcurrentHashMap<>();
  private final Pacing pacing;

  public ShardBudgets(Pacing pacing) {
    this.pacing = pacing;
  }

  public ShardBudget of(StreamRef stream, ShardId shard) {
    return budgets.computeIfAbsent(new Key(stream, shard), key -> new ShardBudget(pacing));
  }
}
