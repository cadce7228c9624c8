package dev.millrace.read;

import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamRef;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One budget for each shard, whoever reads it and however the stream was named: by name or by ARN.
 * Streams of one name in several accounts or regions share one, which is slower than need be but
 * never too fast. Thread-safe.
 */
public final class ShardBudgets {
  private record Key(String stream, ShardId shard) {}

  private final Map<Key, ShardBudget> budgets = new ConcurrentHashMap<>();
  private final Pacing pacing;

  public ShardBudgets(Pacing pacing) {
    this.pacing = pacing;
  }

  public ShardBudget of(StreamRef stream, ShardId shard) {
    return budgets.computeIfAbsent(new Key(stream.name(), shard), key -> new ShardBudget(pacing));
  }
}
