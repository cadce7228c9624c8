package dev.millrace.presto;

import static org.assertj.core.api.Assertions.assertThat;

import com.facebook.presto.Session;
import com.facebook.presto.common.type.TimeZoneKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The session properties of presto-kinesis, by the names they had there. */
class OldSessionTest {
  private static final String COUNT = "SELECT count(*) FROM hours";
  private static final String KOLKATA = "Asia/Kolkata";

  private static Scene scene;
  private static Instant now;

  /** One record an hour, from forty hours ago until an hour ago. */
  @BeforeAll
  static void open() {
    scene = Scene.open();
    now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    scene.table("hours", 1, "id BIGINT");
    scene.streams().setRetention("hours", Duration.ofDays(3));
    for (int hours = 40; hours > 0; hours--) {
      byte[] data = ("{\"id\":" + hours + "}").getBytes(StandardCharsets.UTF_8);
      scene.streams().put("hours", "key", data, now.minus(Duration.ofHours(hours)));
    }
  }

  @AfterAll
  static void close() {
    scene.close();
  }

  private static Session.SessionBuilder with(Map<String, String> properties) {
    Session.SessionBuilder session = scene.builder();
    properties.forEach(
        (name, value) -> session.setCatalogSessionProperty(scene.catalog(), name, value));
    return session;
  }

  private static Object count(Map<String, String> properties) {
    return scene.value(with(properties).build(), COUNT);
  }

  @Test
  void iterFromTimestamp_saysWhetherTheWholeStreamIsRead() {
    assertThat(count(Map.of("iter_from_timestamp", "true"))).isEqualTo(23L);
    assertThat(count(Map.of("iter_from_timestamp", "false"))).isEqualTo(40L);
  }

  @Test
  void iterOffsetSeconds_isHowFarBackAScanStarts() {
    assertThat(count(Map.of("iter_offset_seconds", "9000"))).isEqualTo(2L);
    assertThat(count(Map.of("iter_offset_seconds", "9000", "iter_from_timestamp", "false")))
        .isEqualTo(40L);
  }

  @Test
  void iterStartTimestamp_isATimeInTheSessionsZone() {
    String time =
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS")
            .withZone(ZoneId.of(KOLKATA))
            .format(now.minus(Duration.ofMinutes(90)));
    Session session =
        with(Map.of("iter_start_timestamp", time, "iter_offset_seconds", "86400"))
            .setTimeZoneKey(TimeZoneKey.getTimeZoneKey(KOLKATA))
            .build();
    assertThat(scene.value(session, COUNT)).isEqualTo(1L);
  }

  @Test
  void batchSize_isHowManyRecordsACallAsksFor() {
    long before = scene.calls("GetRecords");
    assertThat(count(Map.of("batch_size", "10"))).isEqualTo(23L);
    assertThat(scene.calls("GetRecords") - before).isGreaterThanOrEqualTo(3);
  }

  @Test
  void maxBatches_endsAShardAndSaysSo() {
    Map<String, String> one =
        Map.of("batch_size", "10", "max_batches", "1", "iter_from_timestamp", "false");
    long before = scene.calls("GetRecords");
    assertThat(count(one)).isEqualTo(10L);
    assertThat(scene.calls("GetRecords") - before).isEqualTo(1);
    assertThat(scene.warnings(with(one).build(), COUNT))
        .anyMatch(warning -> warning.contains("hours") && warning.contains("max_batches"));
    Map<String, String> enough = Map.of("max_batches", "1000000");
    assertThat(scene.warnings(with(enough).build(), COUNT)).isEmpty();
  }

  @Test
  void checkpoints_areReadOnByNameAndNumber() {
    assertThat(named("nightly", 0)).isEqualTo(23L);
    assertThat(named("nightly", 1)).isEqualTo(0L);
    assertThat(named("nightly", 0)).isEqualTo(23L);
    assertThat(named("hourly", 0)).isEqualTo(23L);
    assertThat(count(Map.of("checkpoint_enabled", "false", "checkpoint_logical_name", "nightly")))
        .isEqualTo(23L);
  }

  private static Object named(String name, int iteration) {
    return count(
        Map.of(
            "checkpoint_enabled",
            "true",
            "checkpoint_logical_name",
            name,
            "iteration_number",
            String.valueOf(iteration)));
  }

  @Test
  void hyphenatedCheckpointEnabled_isHeededToo() {
    Map<String, String> old =
        Map.of("checkpoint-enabled", "true", "checkpoint_logical_name", "hyphen");
    assertThat(List.of(count(old), count(old))).containsExactly(23L, 0L);
  }
}
