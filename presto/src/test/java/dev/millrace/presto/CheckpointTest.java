package dev.millrace.presto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.facebook.presto.Session;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private static Scene scene;

  @BeforeAll
  static void open() {
    scene = Scene.open();
  }

  @AfterAll
  static void close() {
    scene.close();
  }

  private static Session named(String name) {
    return scene
        .builder()
        .setCatalogSessionProperty(scene.catalog(), "checkpoint_enabled", "true")
        .setCatalogSessionProperty(scene.catalog(), "checkpoint_logical_name", name)
        .build();
  }

  private static void table(String name) {
    scene.table(name, 2, "id BIGINT");
    scene.putIds(name, 0, 20);
  }

  @Test
  void secondQuery_readsOnlyWhatIsNew() {
    table("news");
    Session session = named("news");
    assertThat(scene.value(session, "SELECT count(*) FROM news")).isEqualTo(20L);
    scene.putIds("news", 20, 25);
    assertThat(scene.rows(session, "SELECT min(id), count(*) FROM news"))
        .containsExactly(List.of(20L, 5L));
    assertThat(scene.value(session, "SELECT count(*) FROM news")).isEqualTo(0L);
  }

  @Test
  void limitedQuery_movesNothingOnAndSaysSo() {
    table("limited");
    Session session = named("limited");
    assertThat(scene.warnings(session, "SELECT id FROM limited LIMIT 1"))
        .anyMatch(warning -> warning.contains("limited"));
    assertThat(scene.value(session, "SELECT count(*) FROM limited")).isEqualTo(20L);
  }

  /** Read whole, each of them: what a LIMIT takes of it is too much for a scan to know. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id FROM %s WHERE id > 3 LIMIT 100",
        "SELECT id FROM %s WHERE id > 3 ORDER BY id LIMIT 1",
        "SELECT DISTINCT id %% 20 FROM %s LIMIT 19",
        "SELECT a.id FROM %1$s a JOIN %1$s b ON a.id = b.id WHERE a.id > 3 LIMIT 1",
        "SELECT id FROM %1$s WHERE id IN (SELECT id + 1 FROM %1$s) LIMIT 1",
        "SELECT id FROM (SELECT id FROM %1$s UNION ALL SELECT -id FROM %1$s) WHERE id > 3 LIMIT 100",
        "SELECT count(*) FROM (SELECT id FROM %s WHERE id > 3 ORDER BY id DESC LIMIT 100)",
        "SELECT t.id FROM %s t CROSS JOIN UNNEST(ARRAY[1, 2]) u(x) WHERE t.id > 3 LIMIT 100",
      })
  void limitFarAboveAScan_movesNothingOnAndSaysSo(String sql) {
    String name = "far" + NUMBER.incrementAndGet();
    table(name);
    Session session = named(name);
    String query = sql.formatted(name);
    assertThat((String) scene.value(session, "EXPLAIN " + query))
        .contains("checkpoint '" + name + "' stays where it is");
    assertThat(scene.warnings(session, query))
        .anyMatch(warning -> warning.contains("'" + name + "' stays") && warning.contains("LIMIT"));
    assertThat(scene.value(session, "SELECT count(*) FROM " + name)).isEqualTo(20L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT count(*) FROM %s LIMIT 1",
        "SELECT id %% 3, count(*) FROM %s GROUP BY 1 ORDER BY 2 LIMIT 1",
        "SELECT id %% 3, max(id) FROM %s GROUP BY 1 LIMIT 1",
      })
  void limitOfGroups_movesOnBecauseTheyAreOfAllRows(String sql) {
    String name = "groups" + NUMBER.incrementAndGet();
    table(name);
    Session session = named(name);
    String query = sql.formatted(name);
    assertThat((String) scene.value(session, "EXPLAIN " + query)).doesNotContain("stays");
    assertThat(scene.rows(session, query)).hasSize(1);
    assertThat(scene.value(session, "SELECT count(*) FROM " + name)).isEqualTo(0L);
  }

  @Test
  void failedQuery_movesNothingOn() {
    table("failed");
    Session session = named("failed");
    assertThatThrownBy(() -> scene.rows(session, "SELECT sum(1 / (id - 7)) FROM failed"))
        .hasMessageContaining("zero");
    assertThat(scene.value(session, "SELECT count(*) FROM failed")).isEqualTo(20L);
  }

  @Test
  void explainAnalyze_movesNothingOn() {
    table("explained");
    Session session = named("explained");
    scene.rows(session, "EXPLAIN ANALYZE SELECT count(*) FROM explained");
    assertThat(scene.value(session, "SELECT count(*) FROM explained")).isEqualTo(20L);
  }
}
