package dev.millrace.table.json;

import dev.millrace.table.ColumnType;

/** Types as definitions write them, for tests in other packages. */
public final class Types {
  private Types() {}

  public static ColumnType type(String text) {
    return ColumnTypeParser.parse(text);
  }
}
