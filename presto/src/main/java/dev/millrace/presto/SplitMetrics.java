package dev.millrace.presto;

import com.facebook.presto.common.RuntimeStats;
import com.facebook.presto.common.RuntimeUnit;
import dev.millrace.connector.split.SplitStats;
import java.util.HashMap;
import java.util.Map;

/** What a split has cost, among the query's own statistics. */
final class SplitMetrics {
  private final RuntimeStats stats = new RuntimeStats();
  private final Map<String, Long> told = new HashMap<>();

  RuntimeStats upTo(SplitStats now) {
    count("kinesisRecords", RuntimeUnit.NONE, now.records());
    count("kinesisBytes", RuntimeUnit.BYTE, now.bytes());
    count("kinesisCalls", RuntimeUnit.NONE, now.calls());
    count("kinesisThrottledCalls", RuntimeUnit.NONE, now.throttled());
    count("kinesisRetriedCalls", RuntimeUnit.NONE, now.retried());
    count("kinesisBadRows", RuntimeUnit.NONE, now.badRows());
    count("kinesisLosses", RuntimeUnit.NONE, now.losses().size());
    return stats;
  }

  /** A metric adds up what it is given, so it is given what has come since. */
  private void count(String name, RuntimeUnit unit, long total) {
    long before = told.getOrDefault(name, 0L);
    if (total > before) {
      stats.addMetricValue(name, unit, total - before);
      told.put(name, total);
    }
  }
}
