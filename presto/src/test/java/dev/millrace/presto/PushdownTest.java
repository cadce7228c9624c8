package dev.millrace.presto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.emulator.EmulatorClock;
import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.Streams;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PushdownTest {
  private static Scene scene;
  private static Instant now;
  private static Streams.Put fiveHoursAgo;

  /** One record an hour, from forty hours ago until an hour ago: id is how many hours ago. */
  @BeforeAll
  static void open() {
    scene = Scene.open();
    now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    scene.table("hours", 1, "id BIGINT");
    scene.streams().setRetention("hours", Duration.ofDays(3));
    IntStream.rangeClosed(6, 40).map(i -> 46 - i).forEach(PushdownTest::put);
    fiveHoursAgo = put(5);
    IntStream.rangeClosed(1, 4).map(i -> 5 - i).forEach(PushdownTest::put);
    scene.table("many", 3, "id BIGINT");
    scene.putIds("many", 0, 300);
  }

  @AfterAll
  static void close() {
    scene.close();
  }

  private static Streams.Put put(int hours) {
    byte[] data = ("{\"id\":" + hours + "}").getBytes(StandardCharsets.UTF_8);
    return scene.streams().put("hours", "key", data, ago(hours));
  }

  private static Instant ago(int hours) {
    return now.minus(Duration.ofHours(hours));
  }

  private static String literal(Instant time) {
    return "TIMESTAMP '" + time.toString().replace('T', ' ').replace("Z", " UTC") + "'";
  }

  private static List<Long> ids(String where) {
    return scene.rows("SELECT id FROM hours WHERE " + where).stream()
        .map(row -> (Long) row.get(0))
        .sorted()
        .toList();
  }

  private static List<Long> from(int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj(Long::valueOf).toList();
  }

  @Test
  void withoutABound_aScanStarts24HoursBack() {
    assertThat(ids("true")).isEqualTo(from(1, 23));
  }

  @Test
  void defaultStartThatCutsOff_isToldTheClient() {
    AtomicReference<Duration> behind = new AtomicReference<>(Duration.ofDays(2));
    EmulatorClock clock = () -> Instant.now().minus(behind.get());
    try (Scene old = Scene.open(EmulatorOptions.defaults().withClock(clock), Map.of())) {
      old.table("old", 1, "id BIGINT");
      old.streams().setRetention("old", Duration.ofDays(3));
      old.putIds("old", 0, 10);
      behind.set(Duration.ZERO);
      old.putIds("old", 10, 15);
      String count = "SELECT count(*) FROM old";
      assertThat(old.value(count)).isEqualTo(5L);
      assertThat(old.warnings(old.session(), count))
          .anyMatch(warning -> warning.contains("old") && warning.contains("last 24 hours"));
      assertThat(
              old.warnings(old.session(), count + " WHERE _timestamp >= now() - INTERVAL '3' HOUR"))
          .isEmpty();
    }
  }

  @Test
  void lowerBound_replacesTheDefaultEarlierAndLater() {
    assertThat(ids("_timestamp >= " + literal(ago(30)))).isEqualTo(from(1, 30));
    assertThat(ids("_timestamp > " + literal(ago(30)))).isEqualTo(from(1, 29));
    assertThat(ids("_timestamp >= " + literal(ago(3)))).isEqualTo(from(1, 3));
  }

  @Test
  void boundsOfArrival_areExact() {
    assertThat(ids("_timestamp BETWEEN %s AND %s".formatted(literal(ago(30)), literal(ago(28)))))
        .isEqualTo(from(28, 30));
    assertThat(
            ids(
                "_timestamp >= %s AND _timestamp < %s"
                    .formatted(literal(ago(30)), literal(ago(28)))))
        .isEqualTo(from(29, 30));
    assertThat(ids("_timestamp = " + literal(ago(7)))).isEqualTo(List.of(7L));
    assertThat(ids("_timestamp IN (%s, %s)".formatted(literal(ago(7)), literal(ago(9)))))
        .isEqualTo(List.of(7L, 9L));
  }

  @Test
  void exactRange_needsNoFilterOfTheEngine() {
    String plan = scene.explain("SELECT id FROM hours WHERE _timestamp >= " + literal(ago(3)));
    assertThat(plan).doesNotContain("Filter").contains("_timestamp >= " + ago(3));
    assertThat(
            scene.explain(
                "SELECT id FROM hours WHERE _shard_id = '" + fiveHoursAgo.shardId() + "'"))
        .doesNotContain("Filter")
        .contains("_shard_id in (" + fiveHoursAgo.shardId() + ")");
  }

  @Test
  void explain_showsShardsAndEstimate() {
    assertThat(scene.explain("SELECT id FROM many"))
        .containsIgnoringCase("shards: 3 of 3")
        .containsIgnoringCase("estimate");
  }

  @Test
  void shardIds_readOnlyThose() {
    assertThat(ids("_shard_id = '" + fiveHoursAgo.shardId() + "'")).isEqualTo(from(1, 23));
    long before = scene.calls("GetRecords");
    assertThat(ids("_shard_id = 'shardId-999999999999'")).isEmpty();
    assertThat(scene.calls("GetRecords")).isEqualTo(before);
  }

  @Test
  void partitionKey_readsOnlyTheShardThatTakesIt() {
    scene.streams().createStream("keyed", 4);
    scene.putIds("keyed", 0, 100);
    scene.defineJson(
        "keyed",
        """
        {"tableName": "keyed", "streamName": "keyed", "partitionKeys": "decide-shard",
         "message": {"dataFormat": "json", "fields": [
           {"name": "id", "type": "BIGINT", "mapping": "id"}]}}
        """);
    scene.define("unknown", "keyed", "id BIGINT");
    for (String table : List.of("keyed", "unknown")) {
      long before = scene.calls("GetShardIterator");
      assertThat(scene.rows("SELECT id FROM " + table + " WHERE _partition_key = 'key-7'"))
          .containsExactly(List.of(7L));
      assertThat(scene.calls("GetShardIterator") - before).isEqualTo(table.equals("keyed") ? 1 : 4);
    }
    assertThat(scene.explain("SELECT id FROM keyed WHERE _partition_key = 'key-7'"))
        .contains("_partition_key in (key-7)", "shards: 1 of 4");
    assertThat(
            scene.value(
                "SELECT count(*) FROM keyed WHERE _partition_key = 'key-7' OR _partition_key IS"
                    + " NULL OR id = 8"))
        .isEqualTo(2L);
  }

  @Test
  void sequenceRange_keepsTheEnginesFilter() {
    String where = "_sequence_number >= '" + fiveHoursAgo.sequenceNumber() + "'";
    assertThat(ids(where)).isEqualTo(from(1, 5));
    assertThat(scene.explain("SELECT id FROM hours WHERE " + where))
        .contains("Filter")
        .contains("_sequence_number >= " + fiveHoursAgo.sequenceNumber());
    assertThat(ids("_sequence_number > '" + fiveHoursAgo.sequenceNumber() + "'"))
        .isEqualTo(from(1, 4));
  }

  @Test
  void limit_makesNoCallAfterTheRowsAreThere() {
    long before = scene.calls("GetRecords");
    assertThat(scene.rows("SELECT id FROM many LIMIT 10")).hasSize(10);
    assertThat(scene.calls("GetRecords") - before).isBetween(1L, 3L);
    assertThat(scene.explain("SELECT id FROM many LIMIT 10")).contains("limit 10");
  }

  @Test
  void limitOverAFilterOfTheEngine_isNotPushed() {
    assertThat(scene.rows("SELECT id FROM many WHERE id = 7 LIMIT 10"))
        .containsExactly(List.of(7L));
  }

  @Test
  void newestFirst_readsTheTail() {
    assertThat(scene.rows("SELECT id FROM hours ORDER BY _timestamp DESC LIMIT 2"))
        .containsExactly(List.of(1L), List.of(2L));
    assertThat(scene.rows("SELECT id + 1 FROM hours ORDER BY _timestamp DESC, id LIMIT 1"))
        .containsExactly(List.of(2L));
    assertThat(scene.explain("SELECT id FROM hours ORDER BY _timestamp DESC LIMIT 2"))
        .containsPattern("(?i)newest");
    assertThat(scene.explain("SELECT id FROM hours ORDER BY _timestamp LIMIT 2"))
        .doesNotContain("newest");
  }

  @Test
  void asOf_boundsTheScan() {
    assertThat(scene.rows("SELECT min(id) FROM hours FOR TIMESTAMP AS OF " + literal(ago(5))))
        .containsExactly(List.of(5L));
    assertThat(scene.rows("SELECT min(id) FROM hours FOR TIMESTAMP BEFORE " + literal(ago(5))))
        .containsExactly(List.of(6L));
    assertThatThrownBy(() -> scene.rows("SELECT id FROM hours FOR VERSION AS OF BIGINT '3'"))
        .hasMessageContaining("FOR TIMESTAMP AS OF");
  }

  @Test
  void ofAllSplits_oneInstantCounts() {
    scene.table("joined", 2, "id BIGINT");
    scene.putIds("joined", 0, 50);
    Thread producer =
        new Thread(
            () -> {
              for (int i = 50; !Thread.currentThread().isInterrupted() && i < 100_000; i++) {
                scene.putIds("joined", i, i + 1);
              }
            });
    producer.start();
    try {
      assertThat(
              scene.rows(
                  "SELECT count(*), count(a.id), count(b.id) FROM joined a"
                      + " FULL JOIN joined b ON a._shard_id = b._shard_id"
                      + " AND a._sequence_number = b._sequence_number"))
          .allSatisfy(
              row -> {
                assertThat(row.get(1)).isEqualTo(row.get(0));
                assertThat(row.get(2)).isEqualTo(row.get(0));
                assertThat((Long) row.get(0)).isGreaterThanOrEqualTo(50);
              });
    } finally {
      producer.interrupt();
    }
  }

  @Test
  void systemTables_tellOfStreamsShardsAndLosses() {
    assertThat(scene.rows("SELECT open_shards FROM system.streams WHERE name = 'many'"))
        .containsExactly(List.of(3L));
    assertThat(scene.rows("SELECT state FROM \"many$shards\""))
        .containsExactly(List.of("OPEN"), List.of("OPEN"), List.of("OPEN"));
    assertThat(scene.rows("SELECT * FROM \"many$ledger\"")).isEmpty();
  }
}
