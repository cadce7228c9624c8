package dev.millrace.trino;

import dev.millrace.connector.CatalogQuery;
import dev.millrace.connector.CommitResult;
import dev.millrace.connector.KinesisCatalog;
import dev.millrace.connector.option.SessionOptions;
import dev.millrace.connector.option.SessionProperty;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTransactionHandle;
import java.lang.System.Logger.Level;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The queries of each transaction. A query is known from the first time that its transaction asks
 * for it to the transaction's end, because a commit comes after Trino has cleaned up the query.
 */
final class KinesisQueries {
  private static final System.Logger log = System.getLogger(KinesisQueries.class.getName());

  private final String catalogName;
  private final KinesisCatalog catalog;
  private final Map<ConnectorTransactionHandle, Map<String, CatalogQuery>> byTransaction =
      new ConcurrentHashMap<>();

  KinesisQueries(String catalogName, KinesisCatalog catalog) {
    this.catalogName = catalogName;
    this.catalog = catalog;
  }

  void begin(ConnectorTransactionHandle transaction) {
    byTransaction.put(transaction, new ConcurrentHashMap<>());
  }

  /** The query that a session runs; the same for all that is asked on its behalf. */
  CatalogQuery of(ConnectorTransactionHandle transaction, ConnectorSession session) {
    return byTransaction
        .computeIfAbsent(transaction, unknown -> new ConcurrentHashMap<>())
        .computeIfAbsent(session.getQueryId(), id -> catalog.query(id, options(session)));
  }

  /** What holds for a session. */
  SessionOptions options(ConnectorSession session) {
    Map<String, Object> set = new HashMap<>();
    for (SessionProperty property : SessionOptions.PROPERTIES) {
      Object value =
          session.getProperty(property.name(), KinesisSessionProperties.javaType(property));
      if (value != null) {
        set.put(property.name(), value);
      }
    }
    return catalog
        .options()
        .sessionDefaults()
        .with(set, ZoneId.of(session.getTimeZoneKey().getId()));
  }

  /** Moves checkpoints on for the queries that delivered their rows. */
  void commit(ConnectorTransactionHandle transaction) {
    Map<String, CatalogQuery> queries = byTransaction.getOrDefault(transaction, Map.of());
    try {
      queries.forEach(this::commit);
    } finally {
      end(transaction);
    }
  }

  private void commit(String queryId, CatalogQuery query) {
    CommitResult result = query.commit();
    result.advanced().forEach(line -> log(Level.INFO, queryId, line));
    result.warnings().forEach(line -> log(Level.WARNING, queryId, line));
  }

  void end(ConnectorTransactionHandle transaction) {
    Map<String, CatalogQuery> queries = byTransaction.remove(transaction);
    if (queries != null) {
      Set.copyOf(queries.keySet()).forEach(catalog::end);
    }
  }

  /** Says something of a query in the server's log: a connector cannot say it to the client. */
  void warn(ConnectorSession session, String line) {
    log(Level.WARNING, session.getQueryId(), line);
  }

  private void log(Level level, String queryId, String line) {
    // Put together here: Trino's log shows the parameters of a message beside it.
    log.log(level, "Catalog " + catalogName + ", query " + queryId + ": " + line);
  }
}
