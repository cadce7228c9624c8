package dev.millrace.presto;

import com.facebook.presto.common.RuntimeStats;
import com.facebook.presto.spi.ColumnHandle;
import com.facebook.presto.spi.ConnectorPageSource;
import com.facebook.presto.spi.ConnectorSession;
import com.facebook.presto.spi.ConnectorSplit;
import com.facebook.presto.spi.ConnectorTableLayoutHandle;
import com.facebook.presto.spi.SplitContext;
import com.facebook.presto.spi.connector.ConnectorPageSourceProvider;
import com.facebook.presto.spi.connector.ConnectorTransactionHandle;
import dev.millrace.connector.KinesisCatalog;
import dev.millrace.connector.plan.SplitScan;
import dev.millrace.connector.plan.TableColumn;
import java.util.List;

/** Starts reading a split on the node that it came to. */
final class KinesisPageSourceProvider implements ConnectorPageSourceProvider {
  private final KinesisCatalog catalog;
  private final PrestoTypes types;

  KinesisPageSourceProvider(KinesisCatalog catalog, PrestoTypes types) {
    this.catalog = catalog;
    this.types = types;
  }

  @Override
  public ConnectorPageSource createPageSource(
      ConnectorTransactionHandle transaction,
      ConnectorSession session,
      ConnectorSplit split,
      ConnectorTableLayoutHandle layout,
      List<ColumnHandle> handles,
      SplitContext context,
      RuntimeStats stats) {
    return KinesisErrorCode.translating(
        () -> {
          SplitScan scan = ((KinesisSplit) split).decode();
          Columns table = Columns.of(scan.table());
          List<TableColumn> columns = handles.stream().map(table::of).toList();
          WallClock clock = WallClock.of(session);
          return new KinesisPageSource(
              catalog.read(scan, columns),
              columns.stream().map(column -> WantedColumn.of(column, types, clock)).toList());
        });
  }
}
