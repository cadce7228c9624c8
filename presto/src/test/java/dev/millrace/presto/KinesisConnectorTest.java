package dev.millrace.presto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.facebook.presto.common.RuntimeStats;
import com.facebook.presto.common.type.TimeZoneKey;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KinesisConnectorTest {
  private static Scene scene;

  @BeforeAll
  static void open() {
    scene = Scene.open();
    scene.table("orders", 2, "id BIGINT", "item VARCHAR");
    scene.put("orders", "a", "{\"id\":1,\"item\":\"mill\"}");
    scene.put("orders", "b", "{\"id\":2,\"item\":\"stone\"}");
    scene.put("orders", "a", "{\"id\":3,\"item\":7}");
  }

  @AfterAll
  static void close() {
    scene.close();
  }

  @Test
  void stream_isATable() {
    assertThat(scene.rows("SELECT id, item FROM orders ORDER BY id"))
        .containsExactly(List.of(1L, "mill"), List.of(2L, "stone"), List.of(3L, "7"));
  }

  @Test
  void count_readsNoColumn() {
    assertThat(scene.value("SELECT count(*) FROM orders")).isEqualTo(3L);
  }

  @Test
  void definitions_areSchemasAndTables() {
    assertThat(scene.rows("SHOW SCHEMAS")).contains(List.of("shop"));
    assertThat(scene.rows("SHOW TABLES")).contains(List.of("orders"));
  }

  @Test
  void newDefinition_isATableWithoutARestart() {
    scene.define("late", "orders", "id INTEGER");
    assertThat(scene.value("SELECT max(id) FROM late")).isEqualTo(3);
  }

  @Test
  void metadataColumns_areHiddenUnlessNamed() {
    assertThat(scene.query("SELECT * FROM orders").getTypes()).hasSize(2);
    assertThat(scene.query("DESCRIBE orders").getRowCount()).isEqualTo(2);
  }

  @Test
  void metadataColumns_allOfThemWork() {
    ZonedDateTime before = ZonedDateTime.now(ZoneOffset.UTC).minusMinutes(5);
    List<Object> row =
        scene
            .rows(
                "SELECT _shard_id, _sequence_number, _shard_sequence_id, _subsequence_number,"
                    + " _timestamp > TIMESTAMP '%s UTC', _message_timestamp, _partition_key,"
                        .formatted(text(before))
                    + " _message, _message_bytes, _row, _message_length, _message_valid, _error,"
                    + " _segment_start, _segment_end, _segment_count FROM orders WHERE id = 2")
            .get(0);
    assertThat((String) row.get(0)).startsWith("shardId-");
    assertThat((String) row.get(1)).matches("[0-9]{56}").isEqualTo(row.get(2));
    assertThat(row.get(3)).isEqualTo(0L);
    assertThat(row.get(4)).isEqualTo(true);
    assertThat(row.get(6)).isEqualTo("b");
    assertThat(row.get(7)).isEqualTo("{\"id\":2,\"item\":\"stone\"}");
    assertThat(row.get(8))
        .isEqualTo("{\"id\":2,\"item\":\"stone\"}".getBytes(StandardCharsets.UTF_8));
    assertThat(row.get(9)).isEqualTo(0L);
    assertThat(row.get(10)).isEqualTo(23L);
    assertThat(row.get(11)).isEqualTo(true);
    assertThat(row.get(12)).isNull();
    assertThat((String) row.get(13)).matches("[0-9]{56}");
    assertThat((String) row.get(14)).matches("[0-9]{56}");
    assertThat((Long) row.get(15)).isBetween(0L, 2L);
  }

  private static String text(ZonedDateTime time) {
    return time.withZoneSameInstant(ZoneOffset.UTC)
        .toLocalDateTime()
        .truncatedTo(ChronoUnit.MILLIS)
        .toString()
        .replace('T', ' ');
  }

  @Test
  void oldArrivalTime_isTheInstantUnderBothSettings() {
    for (String legacy : List.of("true", "false")) {
      for (String zone : List.of("UTC", "Asia/Kolkata")) {
        assertThat(
                scene.value(
                    scene
                        .builder()
                        .setSystemProperty("legacy_timestamp", legacy)
                        .setTimeZoneKey(
                            TimeZoneKey.getTimeZoneKey(legacy.equals("true") ? zone : "UTC"))
                        .build(),
                    "SELECT bool_and(CAST(_message_timestamp AS TIMESTAMP WITH TIME ZONE)"
                        + " = _timestamp) FROM orders"))
            .isEqualTo(true);
      }
    }
  }

  @Test
  void payloadColumn_winsANameClash() {
    scene.table("clash", 1, "_timestamp VARCHAR", "_message VARCHAR");
    scene.put("clash", "k", "{\"_timestamp\":\"noon\",\"_message\":\"hello\"}");
    assertThat(scene.rows("SELECT * FROM clash")).containsExactly(List.of("noon", "hello"));
    assertThat(scene.rows("SELECT _message, _partition_key FROM clash WHERE _timestamp = 'noon'"))
        .containsExactly(List.of("hello", "k"));
    assertThat(scene.rows("SELECT _message FROM clash ORDER BY _timestamp DESC LIMIT 1"))
        .containsExactly(List.of("hello"));
  }

  @Test
  void shownMetadataColumns_areInSelectStar() {
    try (Scene shown = Scene.open(Map.of("kinesis.hide-internal-columns", "false"))) {
      shown.table("orders", 1, "id BIGINT");
      assertThat(shown.query("SELECT * FROM orders").getTypes()).hasSize(17);
    }
  }

  @Test
  void unreadableRecord_isARowThatSaysWhy() {
    scene.table("bad", 1, "id BIGINT");
    scene.put("bad", "k", "{\"id\":\"x\"}");
    List<Object> row = scene.rows("SELECT id, _message_valid, _error FROM bad").get(0);
    assertThat(row.get(0)).isNull();
    assertThat(row.get(1)).isEqualTo(false);
    assertThat((String) row.get(2)).contains("id").contains("'x'");
  }

  @Test
  void sessionProperty_isHeeded() {
    scene.table("fails", 1, "id BIGINT");
    scene.put("fails", "k", "{\"id\":\"x\"}");
    assertThatThrownBy(() -> scene.rows(scene.with("on_bad", "fail"), "SELECT id FROM fails"))
        .hasMessageContaining("id")
        .hasMessageContaining("'x'");
    assertThat(scene.rows(scene.with("on_bad", "skip"), "SELECT id FROM fails")).isEmpty();
  }

  @Test
  void sessionPropertyWithAWrongValue_saysWhatIsAllowed() {
    assertThatThrownBy(() -> scene.rows(scene.with("start", "yesterday"), "SELECT id FROM orders"))
        .hasMessageContaining("start")
        .hasMessageContaining("yesterday")
        .hasMessageContaining("trim-horizon");
  }

  @Test
  void sessionProperties_areListedWithoutTheOldNames() {
    List<Object> names = scene.rows("SHOW SESSION").stream().map(row -> row.get(0)).toList();
    assertThat(names)
        .contains(scene.catalog() + ".start", scene.catalog() + ".batch_size")
        .doesNotContain(
            scene.catalog() + ".iter_offset_seconds", scene.catalog() + ".starting_timestamp");
  }

  @Test
  void unknownProperty_failsTheCatalogAndNamesTheNearest() {
    assertThatThrownBy(() -> Scene.open(Map.of("kinesis.batch-sise", "10")))
        .hasStackTraceContaining("kinesis.batch-sise")
        .hasStackTraceContaining("kinesis.batch-size");
  }

  @Test
  void missingStream_failsAndNamesIt() {
    scene.define("nowhere", "no-such-stream", "id BIGINT");
    assertThatThrownBy(() -> scene.rows("SELECT id FROM nowhere"))
        .hasMessageContaining("no-such-stream");
  }

  @Test
  void statistics_ofAQueryHaveTheCallsItMade() {
    var result = Scene.runner().executeWithQueryId(scene.session(), "SELECT count(*) FROM orders");
    RuntimeStats stats =
        Scene.runner()
            .getCoordinator()
            .getQueryManager()
            .getFullQueryInfo(result.getQueryId())
            .getQueryStats()
            .getRuntimeStats();
    assertThat(sum(stats, "kinesisRecords")).isEqualTo(3);
    assertThat(sum(stats, "kinesisCalls")).isPositive();
  }

  /** Over the query's stages, whose numbers are before the names. */
  private static long sum(RuntimeStats stats, String name) {
    return stats.getMetrics().entrySet().stream()
        .filter(metric -> metric.getKey().endsWith(name))
        .mapToLong(metric -> metric.getValue().getSum())
        .sum();
  }
}
