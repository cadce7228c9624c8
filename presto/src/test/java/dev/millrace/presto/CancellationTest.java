package dev.millrace.presto;

import static org.assertj.core.api.Assertions.assertThat;

import com.facebook.presto.Session;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CancellationTest {
  private static Throwable failure(Scene scene, Session session, String sql) {
    try {
      scene.rows(session, sql);
      return new AssertionError("It finished");
    } catch (RuntimeException e) {
      return e;
    }
  }

  /** A thousand calls are ahead of the query, and other queries take the time of many. */
  @Test
  void canceledQuery_stopsFetching() {
    try (Scene scene = Scene.open();
        Scene other = Scene.open()) {
      scene.table("endless", 4, "id BIGINT");
      scene.putIds("endless", 0, 4000);
      other.table("clock", 1, "id BIGINT");
      other.putIds("clock", 0, 10);
      CompletableFuture<Throwable> query =
          CompletableFuture.supplyAsync(
              () -> failure(scene, scene.with("batch_size", "1"), "SELECT sum(id) FROM endless"));
      scene.awaitCalls("GetRecords", 8);
      cancel(scene);
      assertThat(query.join()).hasMessageContaining("enough");
      assertThat(other.value("SELECT count(*) FROM clock")).isEqualTo(10L);
      long stopped = scene.calls("GetRecords");
      assertThat(stopped).isLessThan(400);
      assertThat(other.value("SELECT count(*) FROM clock")).isEqualTo(10L);
      assertThat(scene.calls("GetRecords")).isEqualTo(stopped);
    }
  }

  private static void cancel(Scene scene) {
    Object id =
        scene.value(
            "SELECT query_id FROM \"system\".runtime.queries WHERE state = 'RUNNING'"
                + " AND query LIKE 'SELECT sum(id) FROM endless%'");
    scene.query(
        "CALL \"system\".runtime.kill_query(query_id => '" + id + "', message => 'enough')");
  }
}
