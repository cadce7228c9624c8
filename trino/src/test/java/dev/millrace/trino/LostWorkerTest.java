package dev.millrace.trino;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.Fault;
import dev.millrace.emulator.FaultScope;
import dev.millrace.emulator.Faults;
import io.trino.testing.DistributedQueryRunner;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that is lost while it reads. */
class LostWorkerTest {
  private static final Map<String, String> NAMED = Map.of("checkpoint_enabled", "true");

  private static final int SHARDS = 8;

  @TempDir private Path store;

  @Test
  void lostWorker_failsTheQueryAndLeavesTheName() throws Exception {
    try (DistributedQueryRunner nodes =
            TrinoEngine.start(1, Map.of("query.remote-task.max-error-duration", "1s"));
        TrinoFixture trino =
            TrinoFixture.on(nodes, EmulatorOptions.defaults())
                .with("kinesis.checkpoint-store", "file:" + store)
                .numbered("t", SHARDS)) {
      trino.putNumbered("t", 0, 100);
      trino.emulator().faults().rate(1, Fault.throttle(), FaultScope.operation("GetRecords"));
      CompletableFuture<Object> failure =
          CompletableFuture.supplyAsync(() -> trino.rows("SELECT count(*) FROM t", NAMED))
              .handle((rows, failed) -> failed == null ? rows : failed.getCause());
      while (shardsBeingRead(trino) < SHARDS) {
        Thread.onSpinWait();
      }
      nodes.removeWorker();
      assertThat(failure.join()).isInstanceOf(RuntimeException.class);
      trino.emulator().faults().clear();
      assertThat(trino.rows("SELECT count(*) FROM t", NAMED)).containsExactly(List.of(100L));
    }
  }

  private static long shardsBeingRead(TrinoFixture trino) {
    return trino.emulator().faults().injected().stream()
        .filter(call -> call.operation().equals("GetRecords"))
        .map(Faults.Injected::shardId)
        .distinct()
        .count();
  }
}
