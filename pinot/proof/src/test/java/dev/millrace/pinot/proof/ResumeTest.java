package dev.millrace.pinot.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tables that were paused and go on from elsewhere than where they stopped. */
@ExtendWith(WithCluster.class)
class ResumeTest {
  private final PinotCluster cluster;

  ResumeTest(PinotCluster cluster) {
    this.cluster = cluster;
  }

  private void pause(KinesisTable table) throws Exception {
    cluster.controller().post("/tables/" + table.nameWithType() + "/pauseConsumption", "");
    Await.until("the pause", () -> cluster.consuming(table) == 0);
  }

  private void resume(KinesisTable table, String from) throws Exception {
    cluster
        .controller()
        .post("/tables/" + table.nameWithType() + "/resumeConsumption?consumeFrom=" + from, "");
  }

  private long rows(KinesisTable table, String where) throws Exception {
    List<List<Object>> rows =
        cluster.query(table, "SELECT count(*) FROM " + table.name() + " WHERE " + where);
    return rows.isEmpty() ? 0 : (long) rows.get(0).get(0);
  }

  @Test
  void largest_leavesOutWhatCameMeanwhile_andReadsEveryOpenShard() throws Exception {
    cluster.streams().createStream("largest", 2);
    KinesisTable table = cluster.table("largest");
    cluster.put("largest", 0, 100);
    table.create(cluster.controller());
    cluster.awaitRows(table, 100);
    pause(table);
    for (int id = 100; id < 150; id++) {
      cluster
          .streams()
          .put(
              "largest",
              "key-" + id,
              "{\"id\": %d, \"timestamp\": 1}".formatted(id).getBytes(StandardCharsets.UTF_8),
              Instant.now().minus(Duration.ofSeconds(30)));
    }

    resume(table, "largest");
    cluster.put("largest", 150, 100);

    Await.until("what came since", () -> rows(table, "id >= 150") == 100);
    assertThat(rows(table, "id < 100")).isEqualTo(100);
    assertThat(rows(table, "id >= 100 AND id < 150")).isZero();
  }

  @Test
  void smallest_readsAllThatIsKept_ofOpenAndClosedShards() throws Exception {
    cluster.streams().createStream("smallest", 2);
    KinesisTable table = cluster.table("smallest");
    cluster.put("smallest", 0, 100);
    table.create(cluster.controller());
    cluster.awaitRows(table, 100);
    cluster.streams().split("smallest", "shardId-000000000000");
    cluster.put("smallest", 100, 100);
    cluster.awaitRows(table, 200);
    pause(table);

    resume(table, "smallest");
    cluster.put("smallest", 200, 100);

    Await.until("what came since", () -> rows(table, "id >= 200") == 100);
    Await.until("what is kept, once more", () -> rows(table, "id < 200") == 400);
  }
}
