package dev.millrace.presto;

import com.facebook.presto.spi.ColumnHandle;
import dev.millrace.connector.option.InternalColumns;
import dev.millrace.connector.plan.ShippedTable;
import dev.millrace.connector.plan.TableColumn;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The columns of one table by their handles. */
final class Columns {
  private final ShippedTable table;
  private final Map<String, TableColumn> byName = new LinkedHashMap<>();

  private Columns(ShippedTable table, InternalColumns internal) {
    this.table = table;
    TableColumn.of(table.definition(), internal)
        .forEach(column -> byName.put(column.name(), column));
  }

  static Columns of(ShippedTable table, InternalColumns internal) {
    return new Columns(table, internal);
  }

  /** Where it does not matter which of them {@code SELECT *} shows. */
  static Columns of(ShippedTable table) {
    return new Columns(table, InternalColumns.HIDDEN);
  }

  List<TableColumn> all() {
    return List.copyOf(byName.values());
  }

  TableColumn of(ColumnHandle handle) {
    String name = ((KinesisColumnHandle) handle).name();
    TableColumn column = byName.get(name);
    if (column == null) {
      throw new MillraceException(
          ErrorCode.INTERNAL,
          "Table %s has no column %s, though its handle names it".formatted(table.name(), name));
    }
    return column;
  }
}
