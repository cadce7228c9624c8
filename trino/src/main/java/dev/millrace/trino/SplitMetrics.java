package dev.millrace.trino;

import dev.millrace.connector.split.SplitStats;
import io.trino.plugin.base.metrics.LongCount;
import io.trino.spi.metrics.Metric;
import io.trino.spi.metrics.Metrics;
import java.util.HashMap;
import java.util.Map;

/**
 * What reading a split took, for the query's statistics and EXPLAIN ANALYZE VERBOSE. The counts are
 * of a class that the server knows, too: it reads them without this plugin's class loader.
 */
final class SplitMetrics {
  private SplitMetrics() {}

  static Metrics of(SplitStats stats) {
    Map<String, Metric<?>> counts = new HashMap<>();
    counts.put("records", new LongCount(stats.records()));
    counts.put("bytes", new LongCount(stats.bytes()));
    counts.put("calls", new LongCount(stats.calls()));
    counts.put("throttled calls", new LongCount(stats.throttled()));
    counts.put("repeated calls", new LongCount(stats.retried()));
    counts.put("bad rows", new LongCount(stats.badRows()));
    counts.put("losses", new LongCount(stats.losses().size()));
    return new Metrics(counts);
  }
}
