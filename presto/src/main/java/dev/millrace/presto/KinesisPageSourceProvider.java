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
import java.lang.System.Logger.Level;
import java.util.List;

/** Starts reading a split on the node that it came to. */
final class KinesisPageSourceProvider implements ConnectorPageSourceProvider {
  private static final System.Logger LOG =
      System.getLogger(KinesisPageSourceProvider.class.getName());

  private final String name;
  private final KinesisCatalog catalog;
  private final PrestoTypes types;

  KinesisPageSourceProvider(String name, KinesisCatalog catalog, PrestoTypes types) {
    this.name = name;
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
              columns.stream().map(column -> WantedColumn.of(column, types, clock)).toList(),
              line -> warn(session, line));
        });
  }

  /** In this node's log: only planning has a way to warn the client. */
  private void warn(ConnectorSession session, String line) {
    LOG.log(Level.WARNING, "Catalog " + name + ", query " + session.getQueryId() + ": " + line);
  }
}
