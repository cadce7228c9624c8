package dev.millrace.presto;

import com.facebook.presto.spi.SystemTable;
import com.facebook.presto.spi.connector.Connector;
import com.facebook.presto.spi.connector.ConnectorCommitHandle;
import com.facebook.presto.spi.connector.ConnectorMetadata;
import com.facebook.presto.spi.connector.ConnectorPageSourceProvider;
import com.facebook.presto.spi.connector.ConnectorPlanOptimizerProvider;
import com.facebook.presto.spi.connector.ConnectorSplitManager;
import com.facebook.presto.spi.connector.ConnectorTransactionHandle;
import com.facebook.presto.spi.connector.EmptyConnectorCommitHandle;
import com.facebook.presto.spi.function.table.ConnectorTableFunction;
import com.facebook.presto.spi.session.PropertyMetadata;
import com.facebook.presto.spi.transaction.IsolationLevel;
import dev.millrace.connector.KinesisCatalog;
import java.util.List;
import java.util.Set;

/** One catalog of a Presto node. */
final class KinesisConnector implements Connector {
  private final String name;
  private final KinesisCatalog catalog;
  private final PrestoTypes types;
  private final Transactions transactions;

  KinesisConnector(String name, KinesisCatalog catalog, PrestoTypes types) {
    this.name = name;
    this.catalog = catalog;
    this.types = types;
    this.transactions = new Transactions(catalog);
  }

  @Override
  public ConnectorTransactionHandle beginTransaction(IsolationLevel isolation, boolean readOnly) {
    return transactions.begin();
  }

  @Override
  public ConnectorMetadata getMetadata(ConnectorTransactionHandle transaction) {
    return new KinesisMetadata(catalog, types, transactions.of(transaction));
  }

  @Override
  public ConnectorSplitManager getSplitManager() {
    return new KinesisSplitManager(transactions);
  }

  @Override
  public ConnectorPageSourceProvider getPageSourceProvider() {
    return new KinesisPageSourceProvider(name, catalog, types);
  }

  @Override
  public ConnectorPlanOptimizerProvider getConnectorPlanOptimizerProvider() {
    return new KinesisPlanOptimizerProvider(
        new LimitedScans(transactions), new RowsPushdown(transactions));
  }

  @Override
  public Set<ConnectorTableFunction> getTableFunctions() {
    return Set.of(new ReadStreamFunction(catalog, types));
  }

  @Override
  public Set<SystemTable> getSystemTables() {
    return Set.of(new ToldTables(catalog, types).streams());
  }

  @Override
  public List<PropertyMetadata<?>> getSessionProperties() {
    return KinesisSession.properties(catalog.options().sessionDefaults());
  }

  @Override
  public ConnectorCommitHandle commit(ConnectorTransactionHandle transaction) {
    return KinesisErrorCode.translating(
        () -> {
          transactions.end(transaction).ifPresent(KinesisTransaction::commit);
          return EmptyConnectorCommitHandle.INSTANCE;
        });
  }

  @Override
  public void rollback(ConnectorTransactionHandle transaction) {
    transactions.end(transaction).ifPresent(KinesisTransaction::end);
  }

  @Override
  public void shutdown() {
    catalog.close();
  }
}
