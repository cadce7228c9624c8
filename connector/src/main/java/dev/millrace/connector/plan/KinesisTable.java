package dev.millrace.connector.plan;

import dev.millrace.table.TableDefinition;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A table of a catalog, as its definition was when the engine asked for it.
 *
 * @param columns payload columns first
 * @param shipped the same definition, in the form that travels to workers
 */
public record KinesisTable(
    TableDefinition definition, List<TableColumn> columns, ShippedTable shipped) {
  public KinesisTable {
    columns = List.copyOf(columns);
  }

  /** Finds by name, without regard to case. */
  public Optional<TableColumn> column(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return columns.stream().filter(column -> column.name().equals(lower)).findFirst();
  }

  @Override
  public String toString() {
    return definition.name().toString();
  }
}
