package dev.millrace.trino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.Fault;
import dev.millrace.emulator.FaultScope;
import dev.millrace.emulator.NodeAggregator;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What the old connectors got wrong, and no other test here shows. Splits that each had a time of
 * their own are in {@link QueriesTest}, checkpoints that never moved in {@link CheckpointTest},
 * metadata columns that threw or were inverted in {@link MetadataColumnsTest}, dates taken for
 * milliseconds in {@link TypesTest}.
 */
class AncestorsFaultsTest {

  @Test
  void emptyAnswers_doNotEndAShard() {
    try (TrinoFixture trino = TrinoFixture.create().numbered("t", 1)) {
      trino.putNumbered("t", 0, 100);
      trino.emulator().faults().next(5, Fault.emptyAnswer(), FaultScope.operation("GetRecords"));
      assertThat(trino.value("SELECT count(*) FROM t")).isEqualTo(100L);
    }
  }

  @Test
  void moreThanAHundredShards_areAllRead() {
    try (TrinoFixture trino = TrinoFixture.create().numbered("t", 120)) {
      trino.putNumbered("t", 0, 1500);
      assertThat(trino.rows("SELECT count(*), count(DISTINCT _shard_id) > 100 FROM t"))
          .containsExactly(List.of(1500L, true));
    }
  }

  @Test
  void aggregate_isItsUserRecords() {
    try (TrinoFixture trino = TrinoFixture.create().numbered("t", 1)) {
      List<NodeAggregator.Part> parts =
          IntStream.range(0, 3)
              .mapToObj(
                  i ->
                      new NodeAggregator.Part(
                          "key-" + i,
                          "",
                          TrinoFixture.numberedRecord(i).getBytes(StandardCharsets.UTF_8)))
              .toList();
      trino.streams().put("t", "a", NodeAggregator.aggregate(parts));
      assertThat(
              trino.rows(
                  "SELECT id, _partition_key, _subsequence_number, _message_valid FROM t ORDER BY"
                      + " id"))
          .containsExactly(
              List.of(0L, "key-0", 0L, true),
              List.of(1L, "key-1", 1L, true),
              List.of(2L, "key-2", 2L, true));
    }
  }

  @Test
  void newShards_areReadByTheNextQuery() {
    try (TrinoFixture trino = TrinoFixture.create().numbered("t", 1)) {
      trino.putNumbered("t", 0, 10);
      assertThat(trino.value("SELECT count(*) FROM t")).isEqualTo(10L);
      trino.streams().split("t", trino.streams().shards("t").getFirst().shardId());
      trino.putNumbered("t", 10, 10);
      assertThat(trino.value("SELECT count(*) FROM t")).isEqualTo(20L);
    }
  }

  @Test
  void whatArrivedJustBefore_isRead() {
    try (TrinoFixture trino = TrinoFixture.create().numbered("t", 1)) {
      for (int i = 0; i < 3; i++) {
        trino.putNumbered("t", i, 1);
        assertThat(trino.value("SELECT max(id) FROM t")).isEqualTo((long) i);
      }
    }
  }

  @Test
  void textInANumber_isNullAndNotZero() {
    try (TrinoFixture trino = TrinoFixture.create().numbered("t", 1)) {
      trino.put("t", "k", "{\"id\": \"seven\", \"text\": \"x\"}");
      assertThat(trino.rows("SELECT id, text, _message_valid, _error FROM t").getFirst())
          .satisfies(
              row -> {
                assertThat(row.subList(0, 3)).isEqualTo(Arrays.asList(null, "x", false));
                assertThat((String) row.get(3)).contains("id", "seven");
              });
    }
  }

  @Test
  void deletedDefinition_disappears() {
    try (TrinoFixture trino =
        TrinoFixture.create()
            .with("kinesis.table-description-refresh-interval", "1ms")
            .numbered("stays", 1)
            .numbered("goes", 1)) {
      assertThat(trino.execute("SHOW TABLES").getOnlyColumnAsSet())
          .containsExactlyInAnyOrder("stays", "goes");
      trino.undefine("goes");
      assertThat(trino.execute("SHOW TABLES").getOnlyColumnAsSet()).containsExactly("stays");
      assertThatThrownBy(() -> trino.rows("SELECT * FROM goes"))
          .hasMessageContaining("does not exist");
    }
  }

  @Test
  void wrongDefinition_hidesItselfAlone() {
    try (TrinoFixture trino =
        TrinoFixture.create()
            .with("kinesis.table-description-refresh-interval", "1ms")
            .numbered("good", 1)
            .define("bad", "{ no definition")) {
      assertThat(trino.execute("SHOW TABLES").getOnlyColumnAsSet()).containsExactly("good");
      trino.numbered("bad", 1);
      assertThat(trino.execute("SHOW TABLES").getOnlyColumnAsSet())
          .containsExactlyInAnyOrder("good", "bad");
    }
  }

  @Test
  void blockedSplits_holdUpNoThreadOfTrinos() {
    try (TrinoFixture trino =
            TrinoFixture.on(TrinoEngine.oneNode(), EmulatorOptions.defaults())
                .numbered("slow", 40);
        TrinoFixture other = TrinoFixture.create().numbered("t", 1)) {
      trino.emulator().faults().rate(1, Fault.throttle(), FaultScope.operation("GetRecords"));
      other.putNumbered("t", 0, 10);
      CompletableFuture<List<List<Object>>> waiting =
          CompletableFuture.supplyAsync(() -> trino.rows("SELECT count(*) FROM slow"));
      while (trino.calls("GetRecords") < 4) {
        Thread.onSpinWait();
      }
      assertThat(other.value("SELECT count(*) FROM t")).isEqualTo(10L);
      assertThat(waiting).isNotDone();
      trino.emulator().faults().clear();
      assertThat(waiting.join()).containsExactly(List.of(0L));
    }
  }
}
