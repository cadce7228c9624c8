package dev.millrace.presto;

import static com.facebook.presto.testing.TestingSession.testSessionBuilder;

import com.facebook.presto.Session;
import com.facebook.presto.common.type.TimeZoneKey;
import com.facebook.presto.tests.DistributedQueryRunner;

/** Two Presto nodes in this JVM, started once for all tests and stopped with it. */
final class PrestoNodes {
  private PrestoNodes() {}

  private static final class Started {
    static final DistributedQueryRunner RUNNER = start(2);
  }

  static DistributedQueryRunner shared() {
    return Started.RUNNER;
  }

  /** The caller closes them, or they stop with the JVM. */
  static DistributedQueryRunner start(int nodes) {
    try {
      DistributedQueryRunner runner =
          DistributedQueryRunner.builder(session().build())
              .setNodeCount(nodes)
              .setSingleExtraProperty("query.max-memory-per-node", "256MB")
              .build();
      Runtime.getRuntime().addShutdownHook(new Thread(runner::close));
      runner.installPlugin(new KinesisPlugin());
      return runner;
    } catch (Exception e) {
      throw new IllegalStateException("Presto did not start", e);
    }
  }

  static Session.SessionBuilder session() {
    return testSessionBuilder().setTimeZoneKey(TimeZoneKey.UTC_KEY);
  }
}
