package dev.millrace.presto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.facebook.presto.Session;
import com.facebook.presto.common.RuntimeStats;
import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.Fault;
import dev.millrace.emulator.FaultScope;
import dev.millrace.emulator.Limits;
import dev.millrace.emulator.NodeAggregator;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the old connectors got wrong, each fault as a query of Presto's would show it. */
class AncestorsFaultsTest {
  private static final FaultScope READS = FaultScope.operation("GetRecords");

  private static Scene numbered(int shards) {
    Scene scene = Scene.open();
    scene.table("t", shards, "id BIGINT");
    return scene;
  }

  @Test
  void emptyAnswers_doNotEndAShard() {
    try (Scene scene = numbered(1)) {
      scene.putIds("t", 0, 100);
      scene.faults().next(5, Fault.emptyAnswer(), READS);
      assertThat(scene.value("SELECT count(*) FROM t")).isEqualTo(100L);
    }
  }

  @Test
  void moreThanAHundredShards_areAllRead() {
    try (Scene scene = numbered(120)) {
      scene.putIds("t", 0, 1500);
      assertThat(scene.rows("SELECT count(*), count(DISTINCT _shard_id) > 100 FROM t"))
          .containsExactly(List.of(1500L, true));
    }
  }

  @Test
  void newShards_areReadByTheNextQuery() {
    try (Scene scene = numbered(1)) {
      scene.putIds("t", 0, 10);
      assertThat(scene.value("SELECT count(*) FROM t")).isEqualTo(10L);
      scene.streams().split("t", scene.streams().shards("t").get(0).shardId());
      scene.putIds("t", 10, 20);
      assertThat(scene.value("SELECT count(*) FROM t")).isEqualTo(20L);
    }
  }

  @Test
  void whatArrivedJustBefore_isRead() {
    try (Scene scene = numbered(1)) {
      for (int i = 0; i < 3; i++) {
        scene.putIds("t", i, i + 1);
        assertThat(scene.value("SELECT max(id) FROM t")).isEqualTo((long) i);
      }
    }
  }

  /** One shard is held up until records have come to both that the other's split did not see. */
  @Test
  void splits_haveOneTimeBetweenThem() {
    try (Scene scene = numbered(2)) {
      scene.putIds("t", 0, 40);
      String late = scene.streams().shards("t").get(0).shardId();
      scene.faults().rate(1, Fault.throttle(), READS.onShard(late));
      CompletableFuture<List<List<Object>>> query =
          CompletableFuture.supplyAsync(
              () -> scene.rows("SELECT count(*), count(DISTINCT _shard_id), max(id) FROM t"));
      scene.awaitCalls("GetRecords", 2);
      Instant after = Instant.now().plusSeconds(5);
      for (int i = 40; i < 80; i++) {
        scene.streams().put("t", "key-" + i, record(i), after);
      }
      scene.faults().clear();
      assertThat(query.join()).containsExactly(List.of(40L, 2L, 39L));
    }
  }

  private static byte[] record(int id) {
    return ("{\"id\":" + id + "}").getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aggregate_isItsUserRecords() {
    try (Scene scene = numbered(1)) {
      List<NodeAggregator.Part> parts =
          IntStream.range(0, 3)
              .mapToObj(i -> new NodeAggregator.Part("key-" + i, "", record(i)))
              .toList();
      scene.streams().put("t", "a", NodeAggregator.aggregate(parts));
      assertThat(
              scene.rows(
                  "SELECT id, _partition_key, _subsequence_number, _message_valid FROM t"
                      + " ORDER BY id"))
          .containsExactly(
              List.of(0L, "key-0", 0L, true),
              List.of(1L, "key-1", 1L, true),
              List.of(2L, "key-2", 2L, true));
    }
  }

  @Test
  void checkpoint_advancesAndIsResumed() {
    try (Scene scene = numbered(2)) {
      Session session =
          scene
              .builder()
              .setCatalogSessionProperty(scene.catalog(), "checkpoint_enabled", "true")
              .setCatalogSessionProperty(scene.catalog(), "checkpoint_logical_name", "old")
              .build();
      for (int i = 0; i < 3; i++) {
        scene.putIds("t", 10 * i, 10 * i + 10);
        assertThat(scene.rows(session, "SELECT min(id), count(*) FROM t"))
            .containsExactly(List.of(10L * i, 10L));
      }
    }
  }

  @Test
  void messageValid_isTrueOfWhatCouldBeRead() {
    try (Scene scene = numbered(1)) {
      scene.putIds("t", 1, 2);
      scene.put("t", "k", "no JSON");
      assertThat(scene.rows("SELECT _message_valid, id, _error IS NULL FROM t"))
          .containsExactlyInAnyOrder(List.of(true, 1L, true), Arrays.asList(false, null, false));
    }
  }

  @Test
  void internalColumns_canAllBeSelected() {
    try (Scene scene = numbered(1)) {
      scene.putIds("t", 0, 3);
      for (String column :
          List.of(
              "_shard_id",
              "_shard_sequence_id",
              "_segment_start",
              "_segment_end",
              "_segment_count",
              "_message_valid",
              "_message",
              "_message_length",
              "_message_timestamp",
              "_partition_key")) {
        assertThat(scene.rows("SELECT " + column + " FROM t WHERE id = 1"))
            .as(column)
            .hasSize(1)
            .noneMatch(row -> row.contains(null));
      }
    }
  }

  @Test
  void datesAndTimes_areNotMilliseconds() {
    try (Scene scene = Scene.open()) {
      scene.streams().createStream("t", 1);
      scene.defineJson(
          "t",
          """
          {"tableName": "t", "streamName": "t", "message": {"dataFormat": "json", "fields": [
            {"name": "day", "type": "DATE", "mapping": "day", "dataFormat": "iso8601"},
            {"name": "clock", "type": "TIME", "mapping": "clock", "dataFormat": "iso8601"},
            {"name": "since", "type": "DATE", "mapping": "since",
             "dataFormat": "seconds-since-epoch"}]}}
          """);
      scene.put("t", "k", "{\"day\":\"2024-05-31\",\"clock\":\"12:34:56\",\"since\":1717113600}");
      assertThat(
              scene.rows(
                  "SELECT CAST(day AS VARCHAR), CAST(clock AS VARCHAR), CAST(since AS VARCHAR)"
                      + " FROM t"))
          .containsExactly(List.of("2024-05-31", "12:34:56.000", "2024-05-31"));
    }
  }

  @Test
  void textInANumber_isNullAndNotZero() {
    try (Scene scene = numbered(1)) {
      scene.put("t", "k", "{\"id\": \"seven\"}");
      List<Object> row = scene.rows("SELECT id, _message_valid, _error FROM t").get(0);
      assertThat(row.subList(0, 2)).isEqualTo(Arrays.asList(null, false));
      assertThat((String) row.get(2)).contains("id", "seven");
    }
  }

  @Test
  void deletedDefinition_disappears() {
    try (Scene scene = numbered(1)) {
      scene.define("goes", "t", "id BIGINT");
      assertThat(scene.rows("SHOW TABLES")).contains(List.of("goes"), List.of("t"));
      scene.undefine("goes");
      assertThat(scene.rows("SHOW TABLES")).containsExactly(List.of("t"));
      assertThatThrownBy(() -> scene.rows("SELECT * FROM goes"))
          .hasMessageContaining("does not exist");
    }
  }

  @Test
  void wrongDefinition_hidesItselfAloneAndUntilItIsMended() {
    try (Scene scene = numbered(1)) {
      scene.defineJson("bad", "{ no definition");
      assertThat(scene.rows("SHOW TABLES")).containsExactly(List.of("t"));
      scene.define("later", "t", "id BIGINT");
      assertThat(scene.rows("SHOW TABLES")).contains(List.of("later"), List.of("t"));
      scene.define("bad", "t", "id BIGINT");
      assertThat(scene.rows("SHOW TABLES")).contains(List.of("bad"));
    }
  }

  /** Who waits for what has passed instead of for what is left calls too soon, and is refused. */
  @Test
  void callsOfAShard_comeNoSoonerThanTheServiceTakesThem() {
    EmulatorOptions limited = EmulatorOptions.defaults().withLimits(Limits.tokenBucket());
    try (Scene scene = Scene.open(limited, Map.of())) {
      scene.table("t", 1, "id BIGINT");
      scene.putIds("t", 0, 80);
      long before = scene.calls("GetRecords");
      var result =
          Scene.runner()
              .executeWithQueryId(scene.with("batch_size", "10"), "SELECT count(*) FROM t");
      assertThat(result.getResult().getOnlyValue()).isEqualTo(80L);
      assertThat(scene.calls("GetRecords") - before).isGreaterThanOrEqualTo(8);
      RuntimeStats stats =
          Scene.runner()
              .getCoordinator()
              .getQueryManager()
              .getFullQueryInfo(result.getQueryId())
              .getQueryStats()
              .getRuntimeStats();
      assertThat(stats.getMetrics().keySet())
          .anyMatch(name -> name.endsWith("kinesisCalls"))
          .noneMatch(name -> name.endsWith("kinesisThrottledCalls"));
    }
  }

  @Test
  void blockedSplits_holdUpNoThreadOfPrestos() {
    try (Scene scene = Scene.open();
        Scene other = numbered(1)) {
      scene.table("slow", 40, "id BIGINT");
      scene.faults().rate(1, Fault.throttle(), READS);
      other.putIds("t", 0, 10);
      CompletableFuture<Object> waiting =
          CompletableFuture.supplyAsync(() -> scene.value("SELECT count(*) FROM slow"));
      scene.awaitCalls("GetRecords", 4);
      assertThat(other.value("SELECT count(*) FROM t")).isEqualTo(10L);
      assertThat(waiting).isNotDone();
      scene.faults().clear();
      assertThat(waiting.join()).isEqualTo(0L);
    }
  }

  @Test
  void regionOfAnotherPartition_isNoPartOfTheEndpoint() {
    for (String region : List.of("cn-north-1", "us-gov-west-1")) {
      try (Scene scene = Scene.open(Map.of("kinesis.aws-region", region))) {
        scene.table("t", 1, "id BIGINT");
        scene.putIds("t", 0, 10);
        assertThat(scene.value("SELECT count(*) FROM t")).isEqualTo(10L);
      }
    }
  }
}
