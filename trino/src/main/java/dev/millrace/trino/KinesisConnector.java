package dev.millrace.trino;

import dev.millrace.connector.KinesisCatalog;
import dev.millrace.trino.block.TrinoTypes;
import io.trino.spi.connector.Connector;
import io.trino.spi.connector.ConnectorMetadata;
import io.trino.spi.connector.ConnectorPageSourceProvider;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorSplitManager;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.function.table.ConnectorTableFunction;
import io.trino.spi.session.PropertyMetadata;
import io.trino.spi.transaction.IsolationLevel;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A catalog, as Trino sees it. */
final class KinesisConnector implements Connector {
  private final KinesisCatalog catalog;
  private final TrinoTypes types;
  private final KinesisQueries queries;

  KinesisConnector(String catalogName, KinesisCatalog catalog, TrinoTypes types) {
    this.catalog = catalog;
    this.types = types;
    this.queries = new KinesisQueries(catalogName, catalog);
  }

  @Override
  public ConnectorTransactionHandle beginTransaction(
      IsolationLevel isolation, boolean readOnly, boolean autoCommit) {
    ConnectorTransactionHandle transaction = new KinesisTransactionHandle(UUID.randomUUID());
    queries.begin(transaction);
    return transaction;
  }

  @Override
  public void commit(ConnectorTransactionHandle transaction) {
    Failures.translated(
        () -> {
          queries.commit(transaction);
          return transaction;
        });
  }

  @Override
  public void rollback(ConnectorTransactionHandle transaction) {
    queries.end(transaction);
  }

  @Override
  public ConnectorMetadata getMetadata(
      ConnectorSession session, ConnectorTransactionHandle transaction) {
    return new KinesisMetadata(catalog, types, queries, transaction);
  }

  @Override
  public ConnectorSplitManager getSplitManager() {
    return new KinesisSplitManager(queries);
  }

  @Override
  public ConnectorPageSourceProvider getPageSourceProvider() {
    return new KinesisPageSourceProvider(catalog, types, queries);
  }

  @Override
  public Set<ConnectorTableFunction> getTableFunctions() {
    return Set.of(new ReadStreamFunction(catalog, types, queries));
  }

  @Override
  public List<PropertyMetadata<?>> getSessionProperties() {
    return KinesisSessionProperties.all(catalog.options().sessionDefaults());
  }

  @Override
  public void shutdown() {
    catalog.close();
  }
}
