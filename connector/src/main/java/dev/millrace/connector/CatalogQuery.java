package dev.millrace.connector;

import dev.millrace.connector.plan.KinesisTable;
import dev.millrace.connector.plan.ScanPlan;
import dev.millrace.connector.plan.TableScan;
import java.time.Instant;

/**
 * What one query reads of the catalog's tables, all as of one instant. Any thread may call, and
 * several at once.
 */
public final class CatalogQuery {
  CatalogQuery() {}

  /** A table's rows, without conditions yet. */
  public TableScan scan(KinesisTable table) {
    return TableScan.of(table.shipped());
  }

  /** The rows that had arrived by then. */
  public TableScan scan(KinesisTable table, Instant asOf) {
    return TableScan.of(table.shipped()).asOf(asOf);
  }

  /**
   * How a scan is read. Calls the service for what the query does not know yet; an equal scan has
   * the same plan again.
   */
  public ScanPlan plan(TableScan scan) {
    throw new UnsupportedOperationException("CatalogQuery.plan: " + scan);
  }

  /**
   * Moves the names on that the query reads under, once it has delivered its rows: each whose
   * planned splits have all left their marks.
   */
  public CommitResult commit() {
    throw new UnsupportedOperationException("CatalogQuery.commit");
  }
}
