package dev.millrace.connector.plan;

import java.util.LinkedHashMap;
import java.util.Map;

/** The tables that came to this JVM lately: the splits of a scan all bring the same one. */
final class KnownTables {
  private static final int MOST = 256;

  private static final Map<String, ShippedTable> KNOWN =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ShippedTable> eldest) {
          return size() > MOST;
        }
      };

  private KnownTables() {}

  static synchronized ShippedTable of(String text) {
    return KNOWN.computeIfAbsent(text, ShippedTable::read);
  }
}
