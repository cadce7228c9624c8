package dev.millrace.presto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.Limits;
import dev.millrace.emulator.Streams.ReadCount;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * Queries that read one shard at once, beside the limits that the service sets it. How fast they
 * are together is what the emulator has counted, not what a clock of the test says.
 */
class SharedShardTest {
  private static final long BYTES_PER_SECOND = 2_000_000;
  private static final int RECORDS = 20_000;
  private static final String FILLER = "x".repeat(970);

  @Test
  void twoQueriesAtOnce_takeTogetherWhatTheShardGives() {
    Limits limits = Limits.fixedWindow().withReadBytesPerSecond(BYTES_PER_SECOND);
    try (Scene scene = Scene.open(EmulatorOptions.defaults().withLimits(limits), Map.of())) {
      scene.table("orders", 1, "id BIGINT", "text VARCHAR");
      long bytes = 0;
      for (int id = 0; id < RECORDS; id++) {
        String record = "{\"id\": %d, \"text\": \"%s\"}".formatted(id, FILLER);
        scene.put("orders", "k", record);
        bytes += record.length();
      }
      CompletableFuture<List<List<Object>>> other =
          CompletableFuture.supplyAsync(() -> scene.rows("SELECT count(*) FROM orders"));
      assertThat(scene.rows("SELECT count(*), sum(id), sum(length(text)) FROM orders"))
          .containsExactly(
              List.of(
                  (long) RECORDS, (RECORDS - 1L) * RECORDS / 2, (long) RECORDS * FILLER.length()));
      assertThat(other.join()).containsExactly(List.of((long) RECORDS));

      ReadCount count =
          scene.streams().reads("orders", scene.streams().shards("orders").get(0).shardId());
      double ofLimit =
          count.bytesBeforeLast() * 1e3 / count.duration().toMillis() / BYTES_PER_SECOND;
      System.out.println("Two queries, of the limit: " + ofLimit + ", " + count);
      assertThat(count.bytes()).isEqualTo(2 * bytes);
      assertThat(ofLimit).as("%s", count).isCloseTo(1, within(0.1));
      assertThat(count.throttled()).as("%s", count).isLessThanOrEqualTo(2);
    }
  }
}
