package dev.millrace.trino;

import dev.millrace.connector.plan.ScanPlan;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorSplitManager;
import io.trino.spi.connector.ConnectorSplitSource;
import io.trino.spi.connector.ConnectorTableHandle;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.connector.Constraint;
import io.trino.spi.connector.FixedSplitSource;
import java.util.Set;

/** A split for each shard that a scan reads. */
final class KinesisSplitManager implements ConnectorSplitManager {
  private final KinesisQueries queries;

  KinesisSplitManager(KinesisQueries queries) {
    this.queries = queries;
  }

  @Override
  public ConnectorSplitSource getSplits(
      ConnectorTransactionHandle transaction,
      ConnectorSession session,
      ConnectorTableHandle table,
      Set<ColumnHandle> dynamicFilterColumns,
      Constraint constraint) {
    KinesisTableHandle handle = (KinesisTableHandle) table;
    ScanPlan plan =
        Failures.translated(() -> queries.of(transaction, session).start(handle.scan()));
    plan.warnings().forEach(warning -> queries.warn(session, warning));
    return new FixedSplitSource(plan.splits().stream().map(KinesisSplit::of).toList());
  }
}
