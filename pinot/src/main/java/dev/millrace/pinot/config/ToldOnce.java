package dev.millrace.pinot.config;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pinot reads a table's configuration for each segment and each commit: a warning is told once. */
public final class ToldOnce {
  private static final Logger LOG = LoggerFactory.getLogger(ToldOnce.class);

  private record Told(String table, String warning) {}

  private static final Set<Told> TOLD = ConcurrentHashMap.newKeySet();

  private ToldOnce() {}

  public static void warn(KinesisConfig config) {
    for (String warning : config.warnings()) {
      if (TOLD.add(new Told(config.table(), warning))) {
        LOG.warn("Table {}: {}", config.table(), warning);
      }
    }
  }
}
