package dev.millrace.connector;

import dev.millrace.connector.option.SessionOptions;
import dev.millrace.connector.plan.KinesisTable;
import dev.millrace.table.TableName;
import java.util.List;
import java.util.Optional;

/**
 * A catalog of an engine: the tables there are, the queries that plan scans of them, and the splits
 * that workers read. Any thread may call.
 */
public final class KinesisCatalog implements AutoCloseable {
  private KinesisCatalog() {}

  public List<String> schemas() {
    throw new UnsupportedOperationException("KinesisCatalog.schemas");
  }

  /**
   * The names of the tables.
   *
   * @param schema none means of all schemas
   */
  public List<TableName> tables(Optional<String> schema) {
    throw new UnsupportedOperationException("KinesisCatalog.tables: " + schema);
  }

  public Optional<KinesisTable> table(TableName name) {
    throw new UnsupportedOperationException("KinesisCatalog.table: " + name);
  }

  /**
   * What is shared by all that one query plans: made when it is first asked for, and the same for
   * the same query until its end.
   */
  public CatalogQuery query(String queryId, SessionOptions session) {
    throw new UnsupportedOperationException("KinesisCatalog.query: " + queryId + session);
  }

  /** Forgets a query. */
  public void end(String queryId) {
    throw new UnsupportedOperationException("KinesisCatalog.end: " + queryId);
  }

  @Override
  public void close() {}
}
