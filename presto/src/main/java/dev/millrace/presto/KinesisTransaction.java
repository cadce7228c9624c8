package dev.millrace.presto;

import com.facebook.presto.common.resourceGroups.QueryType;
import com.facebook.presto.spi.ConnectorSession;
import dev.millrace.connector.CatalogQuery;
import dev.millrace.connector.CommitResult;
import dev.millrace.connector.KinesisCatalog;
import dev.millrace.connector.plan.ScanPlan;
import dev.millrace.connector.plan.TableScan;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The queries of one transaction, mostly one. Presto commits a transaction when its queries have
 * succeeded, and rolls it back otherwise; a query whose rows were read moves its checkpoint on with
 * the commit. Any thread may call.
 */
final class KinesisTransaction {
  private final KinesisCatalog catalog;
  private final Map<String, CatalogQuery> planned = new ConcurrentHashMap<>();
  private final Map<String, ConnectorSession> read = new ConcurrentHashMap<>();
  private volatile boolean ended;

  KinesisTransaction(KinesisCatalog catalog) {
    this.catalog = catalog;
  }

  /**
   * The query that a session runs. One that was cancelled while it is still being planned is not
   * remembered: nobody would end it.
   */
  CatalogQuery query(ConnectorSession session) {
    CatalogQuery query =
        planned.computeIfAbsent(
            session.getQueryId(),
            id -> catalog.query(id, KinesisSession.options(session, catalog.options())));
    if (ended) {
      end();
    }
    return query;
  }

  /** A scan with the lines that EXPLAIN shows of its plan. */
  KinesisLayoutHandle layout(ConnectorSession session, TableScan scan) {
    return new KinesisLayoutHandle(scan.encode(), query(session).plan(scan).explain());
  }

  /** The plan of a scan that is read from now on. The rows of EXPLAIN ANALYZE are nobody's. */
  ScanPlan start(ConnectorSession session, TableScan scan) {
    CatalogQuery query = query(session);
    if (session.getQueryType().equals(Optional.of(QueryType.EXPLAIN))) {
      return query.plan(scan);
    }
    read.put(session.getQueryId(), session);
    return query.start(scan);
  }

  /** Moves on the checkpoints of the queries that were read, and forgets all. */
  void commit() {
    try {
      read.forEach(this::commit);
    } finally {
      end();
    }
  }

  private void commit(String id, ConnectorSession session) {
    CommitResult result = query(session).commit();
    for (String warning : result.warnings()) {
      session
          .getWarningCollector()
          .add(KinesisWarningCode.KINESIS_CHECKPOINT_WARNING.warning(warning));
    }
  }

  /** Forgets its queries. */
  void end() {
    ended = true;
    for (String id : Set.copyOf(planned.keySet())) {
      planned.remove(id);
      catalog.end(id);
    }
  }
}
