package dev.millrace.trino;

import dev.millrace.connector.KinesisCatalog;
import dev.millrace.connector.plan.SplitScan;
import dev.millrace.connector.plan.TableColumn;
import dev.millrace.trino.block.TrinoTypes;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.ConnectorPageSourceProvider;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorSplit;
import io.trino.spi.connector.ConnectorTableCredentials;
import io.trino.spi.connector.ConnectorTableHandle;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.connector.DynamicFilter;
import io.trino.spi.connector.MemoryContext;
import io.trino.spi.type.Type;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Opens a split on a worker. */
final class KinesisPageSourceProvider implements ConnectorPageSourceProvider {
  private final KinesisCatalog catalog;
  private final TrinoTypes types;
  private final KinesisQueries queries;

  KinesisPageSourceProvider(KinesisCatalog catalog, TrinoTypes types, KinesisQueries queries) {
    this.catalog = catalog;
    this.types = types;
    this.queries = queries;
  }

  @Override
  public ConnectorPageSource createPageSource(
      ConnectorTransactionHandle transaction,
      ConnectorSession session,
      ConnectorSplit split,
      ConnectorTableHandle table,
      Optional<ConnectorTableCredentials> credentials,
      List<ColumnHandle> columns,
      DynamicFilter dynamicFilter,
      MemoryContext memory) {
    return Failures.translated(
        () ->
            open(
                ((KinesisSplit) split).decode(),
                columns,
                memory,
                line -> queries.warn(session, line)));
  }

  private ConnectorPageSource open(
      SplitScan split,
      List<ColumnHandle> columns,
      MemoryContext memory,
      Consumer<String> warnings) {
    List<TableColumn> known =
        TableColumn.of(split.table().definition(), catalog.options().internalColumns());
    List<TableColumn> wanted =
        columns.stream().map(handle -> find(known, (KinesisColumnHandle) handle)).toList();
    List<Type> wantedTypes = wanted.stream().map(column -> types.of(column.type())).toList();
    return new KinesisPageSource(catalog.read(split, wanted), wantedTypes, memory, warnings);
  }

  private static TableColumn find(List<TableColumn> columns, KinesisColumnHandle handle) {
    return columns.stream()
        .filter(column -> column.name().equals(handle.name()))
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("A column that was planned is not there: " + handle));
  }
}
