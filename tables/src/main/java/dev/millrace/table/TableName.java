package dev.millrace.table;

/** A table's full name. Names compare without regard to case and are kept in lower case. */
public record TableName(String schema, String table) {
  public TableName {
    schema = schema.toLowerCase(java.util.Locale.ROOT);
    table = table.toLowerCase(java.util.Locale.ROOT);
  }

  @Override
  public String toString() {
    return schema + "." + table;
  }
}
