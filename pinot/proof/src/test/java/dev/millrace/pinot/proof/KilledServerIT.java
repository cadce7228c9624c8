package dev.millrace.pinot.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed while it consumes. */
@ExtendWith(WithCluster.class)
class KilledServerIT {
  private static final int PORT = 9;
  @TempDir private Path folder;

  @Test
  void killedAndStartedAgain_hasEveryRowOnce(PinotCluster cluster) throws Exception {
    cluster.controller().register("localhost", PORT, "mortal_REALTIME");
    cluster.streams().createStream("killed", 2);
    KinesisTable table = cluster.table("killed").withTenant("mortal");
    String sql = "SELECT count(*), distinctcount(id) FROM killed";
    String zooKeeper = cluster.controller().zooKeeper();

    try (ServerProcess first = ServerProcess.start(zooKeeper, PORT, folder)) {
      cluster.put("killed", 0, 200);
      table.create(cluster.controller());
      Await.until("all rows", () -> first.query(table.nameWithType(), sql).equals("[[200,200]]"));
      Await.until("commits", () -> cluster.committed(table) >= 2);
      assertThat(cluster.consuming(table)).as("rows that only the process has").isPositive();
      first.kill();
    }
    cluster.put("killed", 200, 50);
    cluster.streams().split("killed", "shardId-000000000000");
    cluster.put("killed", 250, 50);
    try (ServerProcess second = ServerProcess.start(zooKeeper, PORT, folder)) {
      Await.until(
          "all rows again", () -> second.query(table.nameWithType(), sql).equals("[[300,300]]"));
    }
  }
}
