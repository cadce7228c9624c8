package dev.millrace.presto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.facebook.presto.Session;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CheckpointTest {
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
