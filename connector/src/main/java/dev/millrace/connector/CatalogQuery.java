package dev.millrace.connector;

import dev.millrace.connector.plan.KinesisTable;
import dev.millrace.connector.plan.PlannedScan;
import dev.millrace.connector.plan.ScanPlan;
import dev.millrace.connector.plan.ScanPlanner;
import dev.millrace.connector.plan.TableScan;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What one query reads of the catalog's tables, all as of one instant. Any thread may call, and
 * several at once.
 */
public final class CatalogQuery {
  private final String id;
  private final ScanPlanner planner;
  private final Committing committing;
  private final AtomicInteger readings = new AtomicInteger();

  CatalogQuery(String id, ScanPlanner planner, Committing committing) {
    this.id = id;
    this.planner = planner;
    this.committing = committing;
  }

  /** A table's rows, without conditions yet. */
  public TableScan scan(KinesisTable table) {
    return TableScan.of(table.shipped());
  }

  /** The rows that had arrived by then. */
  public TableScan scan(KinesisTable table, Instant asOf) {
    return TableScan.of(table.shipped()).asOf(asOf);
  }

  /**
   * How a scan would be read, for EXPLAIN and statistics. Calls the service for what the query does
   * not know yet; an equal scan has the same plan again.
   */
  public ScanPlan plan(TableScan scan) {
    return planner.plan(scan).plan();
  }

  /** Whether the query reads on under a name, and so may move it. */
  public boolean isNamed() {
    return planner.isNamed();
  }

  /**
   * The same for a scan whose splits are read from now on: where the query reads under a name, its
   * splits leave marks, and {@link #commit} waits for all of them. Each call is a reading of its
   * own, as the two of a self-join are.
   */
  public ScanPlan start(TableScan scan) {
    PlannedScan planned = planner.plan(scan);
    String reader = id + "/" + readings.getAndIncrement();
    ScanPlan marking = planned.marking(reader);
    planned
        .named()
        .ifPresent(named -> committing.add(reader, scan.order(), named, marking.splits()));
    return marking;
  }

  /**
   * Moves the name on that the query reads under, once it has delivered its rows, in each stream
   * whose splits have all left their marks.
   */
  public CommitResult commit() {
    return committing.commit();
  }

  /** The query is over: what its splits left for a commit that did not come is dropped. */
  void end() {
    committing.forget();
  }
}
