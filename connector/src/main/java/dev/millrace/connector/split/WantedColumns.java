package dev.millrace.connector.split;

import dev.millrace.connector.plan.TableColumn;
import dev.millrace.table.Column;
import dev.millrace.table.MetadataColumn;
import dev.millrace.table.OnBad;
import dev.millrace.table.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The columns of a page, in its order, and what has to be decoded for them. */
record WantedColumns(TableDefinition table, List<TableColumn> columns, OnBad onBad) {
  WantedColumns {
    columns = List.copyOf(columns);
  }

  /**
   * The payload columns to decode, in the definition's order. All of them where it matters whether
   * a row is valid, so that this does not depend on what else a query wants.
   */
  List<Column> decoded() {
    boolean all =
        onBad != OnBad.NULL || wants(MetadataColumn.MESSAGE_VALID) || wants(MetadataColumn.ERROR);
    return all
        ? table.columns()
        : table.columns().stream().filter(column -> indexOf(column).isPresent()).toList();
  }

  /** Whether each record is a row that nobody looks into. */
  boolean areCountedOnly() {
    return decoded().isEmpty()
        && onBad == OnBad.NULL
        && table.message().isRowPerRecord()
        && columns.stream()
            .allMatch(
                column ->
                    column instanceof TableColumn.Metadata metadata
                        && ConstantColumns.contains(metadata.column()));
  }

  boolean wants(MetadataColumn wanted) {
    return columns.stream()
        .anyMatch(
            column ->
                column instanceof TableColumn.Metadata metadata && metadata.column() == wanted);
  }

  List<MetadataColumn> metadata() {
    List<MetadataColumn> metadata = new ArrayList<>();
    for (TableColumn column : columns) {
      if (column instanceof TableColumn.Metadata of) {
        metadata.add(of.column());
      }
    }
    return metadata;
  }

  /** Where a payload column stands in a page. */
  Optional<Integer> indexOf(Column payload) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i) instanceof TableColumn.Payload of
          && of.column().name().equalsIgnoreCase(payload.name())) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }
}
