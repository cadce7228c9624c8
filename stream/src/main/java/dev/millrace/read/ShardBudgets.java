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
  private record Shared(String service, Pacing pacing) {}

  private static final Map<Shared, ShardBudgets> OF_JVM = new ConcurrentHashMap<>();

  private record Key(String stream, ShardId shard) {}

  private final Map<Key, ShardBudget> budgets = new ConcurrentHashMap<>();
  private final Pacing pacing;

  public ShardBudgets(Pacing pacing) {
    this.pacing = pacing;
  }

  /**
   * The budgets that everybody in this JVM shares who reads from one service.
   *
   * @param service tells services apart, as far as they are known: a region or an endpoint
   */
  public static ShardBudgets ofJvm(String service, Pacing pacing) {
    return OF_JVM.computeIfAbsent(
        new Shared(service, pacing), shared -> new ShardBudgets(shared.pacing()));
  }

  public ShardBudget of(StreamRef stream, ShardId shard) {
    return budgets.computeIfAbsent(new Key(stream.name(), shard), key -> new ShardBudget(pacing));
  }
}
