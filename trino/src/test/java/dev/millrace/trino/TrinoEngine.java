package dev.millrace.trino;

import static io.trino.testing.TestingSession.testSessionBuilder;

import io.airlift.log.Level;
import io.airlift.log.Logging;
import io.trino.testing.DistributedQueryRunner;
import java.util.Map;

/**
 * Trino in this JVM, started when a test first needs it and stopped with the JVM: a start takes
 * longer than most tests.
 */
final class TrinoEngine {
  private TrinoEngine() {}

  private static final class OneNode {
    static final DistributedQueryRunner RUNNER = start(0);
  }

  private static final class TwoNodes {
    static final DistributedQueryRunner RUNNER = start(1);
  }

  /** A coordinator that is its own worker. */
  static DistributedQueryRunner oneNode() {
    return OneNode.RUNNER;
  }

  /** A coordinator and a worker, both of which read. */
  static DistributedQueryRunner twoNodes() {
    return TwoNodes.RUNNER;
  }

  static DistributedQueryRunner start(int workers) {
    return start(workers, Map.of());
  }

  /**
   * The caller closes it, or it stops with the JVM.
   *
   * @param configuration of every node
   */
  static DistributedQueryRunner start(int workers, Map<String, String> configuration) {
    Logging.initialize().setLevel("io.trino", Level.WARN);
    try {
      DistributedQueryRunner runner =
          DistributedQueryRunner.builder(testSessionBuilder().build())
              .setWorkerCount(workers)
              .addExtraProperty("node-scheduler.include-coordinator", "true")
              .addExtraProperties(configuration)
              .build();
      runner.installPlugin(new KinesisPlugin());
      Runtime.getRuntime().addShutdownHook(new Thread(runner::close));
      return runner;
    } catch (Exception e) {
      throw new IllegalStateException("Trino does not start", e);
    }
  }
}
