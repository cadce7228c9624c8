package dev.millrace.connector.plan;

import dev.millrace.connector.option.InternalColumns;
import dev.millrace.table.Column;
import dev.millrace.table.ColumnType;
import dev.millrace.table.MetadataColumn;
import dev.millrace.table.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A column as an engine shows it. */
public sealed interface TableColumn {

  /** One that the definition names. */
  record Payload(Column column) implements TableColumn {
    @Override
    public String name() {
      return column.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public ColumnType type() {
      return column.type();
    }

    @Override
    public Optional<String> comment() {
      return column.comment();
    }

    @Override
    public boolean hidden() {
      return column.hidden();
    }
  }

  /** One that every table has. */
  record Metadata(MetadataColumn column, boolean hidden) implements TableColumn {
    @Override
    public String name() {
      return column.columnName();
    }

    @Override
    public ColumnType type() {
      return column.type();
    }

    @Override
    public Optional<String> comment() {
      return Optional.of(column.comment());
    }
  }

  /** In lower case: engines compare names without regard to it. */
  String name();

  ColumnType type();

  Optional<String> comment();

  /** Whether it is left out of {@code SELECT *} and {@code DESCRIBE}. */
  boolean hidden();

  /**
   * A table's columns: those of its definition in their order, then the metadata columns. A payload
   * column takes the place of a metadata column of its name.
   */
  static List<TableColumn> of(TableDefinition definition, InternalColumns internal) {
    List<TableColumn> columns = new ArrayList<>();
    definition.columns().forEach(column -> columns.add(new Payload(column)));
    for (MetadataColumn column : MetadataColumn.values()) {
      if (columns.stream().noneMatch(taken -> taken.name().equals(column.columnName()))) {
        columns.add(new Metadata(column, internal == InternalColumns.HIDDEN));
      }
    }
    return List.copyOf(columns);
  }
}
