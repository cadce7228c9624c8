package dev.millrace.connector;

import dev.millrace.connector.option.CatalogOptions;
import dev.millrace.connector.option.InternalColumns;
import dev.millrace.connector.plan.KinesisTable;
import dev.millrace.connector.plan.ShippedTable;
import dev.millrace.connector.plan.TableColumn;
import dev.millrace.connector.plan.WholeDefinitions;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.table.DefinitionFiles;
import dev.millrace.table.DefinitionProblem;
import dev.millrace.table.Definitions;
import dev.millrace.table.RefreshingCatalog;
import dev.millrace.table.StreamAccess;
import dev.millrace.table.TableDefinition;
import dev.millrace.table.TableName;
import dev.millrace.table.json.JsonCatalog;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The tables that definitions make, read again once an interval. */
final class DefinedTables implements WholeDefinitions, AutoCloseable {
  private final DefinitionFiles files;
  private final RefreshingCatalog refreshing;
  private final InternalColumns internal;
  private final Consumer<String> warnings;

  /** What is wrong now and was said. */
  private Set<String> told = Set.of();

  DefinedTables(
      DefinitionFiles files,
      CatalogOptions options,
      InstantSource clock,
      Consumer<String> warnings) {
    this.files = files;
    this.refreshing =
        new RefreshingCatalog(
            files.source(),
            new JsonCatalog(files, options.defaultSchema()),
            options.refreshInterval(),
            clock);
    this.internal = options.internalColumns();
    this.warnings = warnings;
  }

  List<String> schemas() {
    return definitions().stream().map(table -> table.name().schema()).distinct().sorted().toList();
  }

  List<TableName> names(Optional<String> schema) {
    return definitions().stream()
        .map(TableDefinition::name)
        .filter(name -> schema.map(name.schema()::equalsIgnoreCase).orElse(true))
        .toList();
  }

  Optional<KinesisTable> find(TableName name) {
    return definitions().stream()
        .filter(table -> table.name().equals(name))
        .findFirst()
        .map(this::table);
  }

  private KinesisTable table(TableDefinition definition) {
    return new KinesisTable(
        definition, TableColumn.of(definition, internal), ShippedTable.of(definition));
  }

  /** With the credentials that this node's own definition of the table has. */
  @Override
  public TableDefinition of(ShippedTable shipped) {
    TableDefinition table = shipped.definition();
    if (shipped.isWhole()) {
      return table;
    }
    StreamAccess whole =
        findAccess(table, definitions())
            .or(() -> findAccess(table, tell(refreshing.refresh()).tables()))
            .orElseThrow(() -> unknownAccess(table));
    return table.with(whole);
  }

  private static Optional<StreamAccess> findAccess(
      TableDefinition shipped, List<TableDefinition> own) {
    return own.stream()
        .filter(table -> table.name().equals(shipped.name()))
        .map(TableDefinition::access)
        .filter(access -> access.withoutSecrets().equals(shipped.access()))
        .filter(access -> !access.equals(shipped.access()))
        .findFirst();
  }

  private MillraceException unknownAccess(TableDefinition table) {
    return new MillraceException(
        ErrorCode.ACCESS,
        "The definition of table "
            + table.name()
            + " has credentials, which do not travel from the coordinator, and "
            + files.source()
            + " on this node does not have the same definition. Put it there on every node, or name"
            + " a role without an external id, or give the credentials in the catalog's properties");
  }

  List<TableDefinition> definitions() {
    return tell(refreshing.load()).tables();
  }

  void refresh() {
    tell(refreshing.refresh());
  }

  /** A problem that stays is said once; one that comes back is said again. */
  private synchronized Definitions tell(Definitions read) {
    Set<String> now = new HashSet<>();
    for (DefinitionProblem problem : read.problems()) {
      String line = problem.toString();
      if (now.add(line) && !told.contains(line)) {
        warnings.accept(line);
      }
    }
    told = now;
    return read;
  }

  @Override
  public void close() {
    files.close();
  }
}
