package dev.millrace.connector;

import dev.millrace.connector.option.CatalogOptions;
import dev.millrace.connector.option.InternalColumns;
import dev.millrace.connector.plan.KinesisTable;
import dev.millrace.connector.plan.ShippingCatalog;
import dev.millrace.connector.plan.TableColumn;
import dev.millrace.table.DefinitionFiles;
import dev.millrace.table.DefinitionProblem;
import dev.millrace.table.Definitions;
import dev.millrace.table.RefreshingCatalog;
import dev.millrace.table.TableDefinition;
import dev.millrace.table.TableName;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The tables that definitions make, read again once an interval. */
final class DefinedTables implements AutoCloseable {
  private final DefinitionFiles files;
  private final ShippingCatalog catalog;
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
    this.catalog = new ShippingCatalog(files, options.defaultSchema());
    this.refreshing =
        new RefreshingCatalog(files.source(), catalog, options.refreshInterval(), clock);
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
        definition, TableColumn.of(definition, internal), catalog.ship(definition));
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
