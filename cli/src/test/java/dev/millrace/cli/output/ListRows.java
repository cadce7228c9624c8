package dev.millrace.cli.output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows from memory. */
final class ListRows implements Rows {
  private final List<String> columns;
  private final List<@Nullable Object[]> rows = new ArrayList<>();
  private int at = -1;

  ListRows(String... columns) {
    this.columns = Arrays.asList(columns);
  }

  ListRows row(@Nullable Object... values) {
    rows.add(values);
    return this;
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public boolean next() {
    return ++at < rows.size();
  }

  @Override
  public @Nullable Object value(int column) {
    return rows.get(at)[column];
  }
}
