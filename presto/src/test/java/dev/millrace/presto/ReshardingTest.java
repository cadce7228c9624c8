package dev.millrace.presto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.emulator.Fault;
import dev.millrace.emulator.FaultScope;
import dev.millrace.emulator.Streams.ShardInfo;
import dev.millrace.emulator.Streams.ShardState;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ReshardingTest {
  /** One producer numbers what it puts, so a snapshot is a whole range of numbers from 0. */
  private static void assertWhole(List<Object> countDistinctMost, long atLeast) {
    assertThat((Long) countDistinctMost.get(0)).isGreaterThanOrEqualTo(atLeast);
    assertThat(countDistinctMost.get(1)).isEqualTo(countDistinctMost.get(0));
    assertThat(countDistinctMost.get(2)).isEqualTo((Long) countDistinctMost.get(0) - 1);
  }

  private static List<String> open(Scene scene, String stream) {
    return scene.streams().shards(stream).stream()
        .filter(shard -> shard.state() == ShardState.OPEN)
        .map(ShardInfo::shardId)
        .toList();
  }

  @Test
  void splitAndMergeWhileAQueryRuns_withFaultsOn_giveExactRows() {
    try (Scene scene = Scene.open()) {
      scene.table("moving", 2, "id BIGINT");
      scene.putIds("moving", 0, 300);
      FaultScope reads = FaultScope.operation("GetRecords");
      scene
          .faults()
          .rate(0.1, Fault.throttle(), reads)
          .rate(0.1, Fault.cutAnswer(), reads)
          .rate(0.1, Fault.emptyAnswer(), reads)
          .rate(0.05, Fault.expiredIterator(), reads)
          .rate(0.05, Fault.serverError(503), reads);
      AtomicBoolean done = new AtomicBoolean();
      CompletableFuture<Void> producer =
          CompletableFuture.runAsync(
              () -> {
                for (int i = 300; !done.get() && i < 20_000; i++) {
                  scene.putIds("moving", i, i + 1);
                  if (i == 320) {
                    scene.streams().split("moving", open(scene, "moving").get(0));
                  } else if (i == 900) {
                    scene.streams().updateShardCount("moving", 2);
                  }
                }
              });
      try {
        for (int query = 0; query < 2; query++) {
          assertWhole(
              scene.rows("SELECT count(*), count(DISTINCT id), max(id) FROM moving").get(0), 300);
        }
      } finally {
        done.set(true);
        producer.join();
      }
    }
  }
}
