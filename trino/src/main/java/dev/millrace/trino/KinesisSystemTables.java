package dev.millrace.trino;

import dev.millrace.connector.KinesisCatalog;
import dev.millrace.connector.option.SessionOptions;
import dev.millrace.connector.system.SystemColumn;
import dev.millrace.connector.system.SystemRow;
import dev.millrace.connector.system.SystemTables;
import dev.millrace.table.TableDefinition;
import dev.millrace.table.TableName;
import dev.millrace.trino.block.TrinoTypes;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.SystemTable;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** {@code system.streams}, and of each table {@code "t$shards"} and {@code "t$ledger"}. */
final class KinesisSystemTables {
  static final SchemaTableName STREAMS = new SchemaTableName("system", "streams");
  private static final String SHARDS = "$shards";
  private static final String LEDGER = "$ledger";

  private final KinesisCatalog catalog;
  private final TrinoTypes types;
  private final Function<ConnectorSession, SessionOptions> options;

  KinesisSystemTables(
      KinesisCatalog catalog,
      TrinoTypes types,
      Function<ConnectorSession, SessionOptions> options) {
    this.catalog = catalog;
    this.types = types;
    this.options = options;
  }

  /**
   * Finds by name. The session that reads a system table later knows nothing of this catalog's
   * properties, so they are taken here.
   */
  Optional<SystemTable> find(ConnectorSession session, SchemaTableName name) {
    if (name.equals(STREAMS)) {
      return Optional.of(table(name, SystemTables.STREAMS, () -> catalog.system().streams()));
    }
    SessionOptions set = options.apply(session);
    if (name.getTableName().endsWith(SHARDS)) {
      return definition(name, SHARDS)
          .map(
              definition ->
                  table(name, SystemTables.SHARDS, () -> catalog.system().shards(definition, set)));
    }
    if (name.getTableName().endsWith(LEDGER)) {
      return definition(name, LEDGER)
          .map(
              definition ->
                  table(name, SystemTables.LEDGER, () -> catalog.system().ledger(definition, set)));
    }
    return Optional.empty();
  }

  /** Of the table that the name before the dollar sign is of. */
  private Optional<TableDefinition> definition(SchemaTableName name, String suffix) {
    String table = name.getTableName().substring(0, name.getTableName().length() - suffix.length());
    return catalog
        .table(new TableName(name.getSchemaName(), table))
        .map(found -> found.definition());
  }

  List<ColumnMetadata> columnsOfStreams() {
    return columns(SystemTables.STREAMS);
  }

  private SystemTable table(
      SchemaTableName name, List<SystemColumn> columns, Supplier<List<SystemRow>> rows) {
    return new KinesisSystemTable(name, columns(columns), rows);
  }

  private List<ColumnMetadata> columns(List<SystemColumn> columns) {
    return columns.stream()
        .map(
            column ->
                ColumnMetadata.builder()
                    .setName(column.name())
                    .setType(types.of(column.type()))
                    .setComment(Optional.of(column.comment()))
                    .build())
        .toList();
  }
}
