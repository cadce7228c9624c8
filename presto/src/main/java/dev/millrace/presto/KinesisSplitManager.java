package dev.millrace.presto;

import com.facebook.presto.spi.ConnectorSession;
import com.facebook.presto.spi.ConnectorSplitSource;
import com.facebook.presto.spi.ConnectorTableLayoutHandle;
import com.facebook.presto.spi.FixedSplitSource;
import com.facebook.presto.spi.connector.ConnectorSplitManager;
import com.facebook.presto.spi.connector.ConnectorTransactionHandle;
import dev.millrace.connector.plan.ScanPlan;

/** Cuts a scan into splits. That happens only to queries that run, so here the user is warned. */
final class KinesisSplitManager implements ConnectorSplitManager {
  private final Transactions transactions;

  KinesisSplitManager(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public ConnectorSplitSource getSplits(
      ConnectorTransactionHandle transaction,
      ConnectorSession session,
      ConnectorTableLayoutHandle layout,
      SplitSchedulingContext context) {
    return KinesisErrorCode.translating(
        () -> {
          ScanPlan plan =
              transactions.of(transaction).start(session, ((KinesisLayoutHandle) layout).decode());
          for (String warning : plan.warnings()) {
            session
                .getWarningCollector()
                .add(KinesisWarningCode.KINESIS_SCAN_WARNING.warning(warning));
          }
          return new FixedSplitSource(plan.splits().stream().map(KinesisSplit::of).toList());
        });
  }
}
