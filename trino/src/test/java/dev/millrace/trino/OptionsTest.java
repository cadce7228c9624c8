package dev.millrace.trino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a catalog and a session can say, in our words and in those of the old connectors. */
class OptionsTest {
  private static TrinoFixture trino;

  /** Three records: of an hour, of ten and of thirty hours ago. */
  @BeforeAll
  static void start() {
    trino = TrinoFixture.create().numbered("t", 1);
    trino.streams().setRetention("t", Duration.ofDays(7));
    for (int hours : new int[] {30, 10, 1}) {
      trino.put(
          "t",
          "k",
          TrinoFixture.numberedRecord(hours),
          Instant.now().minus(Duration.ofHours(hours)));
    }
  }

  @AfterAll
  static void stop() {
    trino.close();
  }

  private static List<List<Object>> countWith(String property, String value) {
    return trino.rows("SELECT count(*) FROM t", Map.of(property, value));
  }

  @Test
  void start_isWhatTheSessionSays() {
    assertThat(trino.value("SELECT count(*) FROM t")).isEqualTo(2L);
    assertThat(countWith("start", "trim-horizon")).containsExactly(List.of(3L));
    assertThat(countWith("start", "2h")).containsExactly(List.of(1L));
  }

  @Test
  void oldNames_meanWhatTheyMeant() {
    assertThat(countWith("starting_offset_seconds", "7200")).containsExactly(List.of(1L));
    assertThat(countWith("iter_offset_seconds", "144000")).containsExactly(List.of(3L));
    assertThat(countWith("start_from_timestamp", "false")).containsExactly(List.of(3L));
    assertThat(countWith("iter_from_timestamp", "false")).containsExactly(List.of(3L));
  }

  @Test
  void oldNames_areNotListed() {
    assertThat(trino.rows("SHOW SESSION LIKE '" + trino.catalog() + ".%'").toString())
        .contains("start", "checkpoint_enabled")
        .doesNotContain("iter_offset_seconds", "starting_offset_seconds");
  }

  @Test
  void wrongSessionValue_isRefusedWithWhatIsAllowed() {
    assertThatThrownBy(() -> countWith("start", "sometime"))
        .hasMessageContaining("sometime")
        .hasMessageContaining("trim-horizon");
  }

  @Test
  void wrongCatalogProperty_isRefusedWithTheNearestWord() {
    try (TrinoFixture wrong = TrinoFixture.create().with("kinesis.endpoint-urll", "http://x")) {
      assertThatThrownBy(wrong::runner)
          .hasMessageContaining("kinesis.endpoint-urll")
          .hasMessageContaining("kinesis.endpoint-url");
    }
  }

  @Test
  void oldCatalogFile_isTaken() {
    try (TrinoFixture old =
        TrinoFixture.create()
            .with("kinesis.iterator-offset-seconds", "7200")
            .with("kinesis.fetch-attempts", "2")
            .with("kinesis.sleep-time", "1000ms")
            .with("kinesis.log-batches", "true")
            .with("kinesis.checkpoint-interval-ms", "60000ms")
            .numbered("t", 1)) {
      old.streams().setRetention("t", Duration.ofDays(7));
      old.put("t", "k", "{\"id\": 1}", Instant.now().minus(Duration.ofHours(3)));
      old.put("t", "k", "{\"id\": 2}");
      assertThat(old.value("SELECT count(*) FROM t")).isEqualTo(1L);
    }
  }
}
