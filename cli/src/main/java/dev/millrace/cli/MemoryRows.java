package dev.millrace.cli;

import dev.millrace.cli.output.Rows;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** A small result that is made at once. */
final class MemoryRows implements Rows {
  private final List<String> columns;
  private final Iterator<List<Object>> rows;
  private @Nullable List<Object> row;

  MemoryRows(List<String> columns, List<List<Object>> rows) {
    this.columns = columns;
    this.rows = rows.iterator();
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public boolean next() {
    row = rows.hasNext() ? rows.next() : null;
    return row != null;
  }

  @Override
  public Object value(int column) {
    if (row == null) {
      throw new NoSuchElementException("There is no row");
    }
    return row.get(column);
  }
}
