package dev.millrace.local.sql;

import dev.millrace.stream.StreamRef;
import dev.millrace.table.Column;
import dev.millrace.table.ColumnType;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.Definitions;
import dev.millrace.table.MessageDefinition;
import dev.millrace.table.MessageFormat;
import dev.millrace.table.MetadataColumn;
import dev.millrace.table.TableDefinition;
import dev.millrace.table.TableName;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A DuckDB and definitions to read statements with, and views to run them on. */
final class SampleTables implements AutoCloseable {
  static final TableName ORDERS = new TableName("shop", "orders");
  static final TableName EVENTS = new TableName("github", "events");

  private final Connection duckdb;
  private final Definitions definitions =
      new Definitions(
          List.of(
              table("shop", "orders", column("id"), column("total"), hidden("secret")),
              table("github", "events", column("id"), column("type")),
              table("eu", "clicks", column("url")),
              table("us", "clicks", column("url")),
              table("odd", "stamped", column("id"), column("_timestamp"))),
          List.of());

  SampleTables() throws SQLException {
    duckdb = DriverManager.getConnection("jdbc:duckdb:");
    try (var statement = duckdb.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
    }
  }

  Connection duckdb() {
    return duckdb;
  }

  Definitions definitions() {
    return definitions;
  }

  Statement read(String sql) {
    return StatementReader.read(duckdb, sql, definitions);
  }

  /** Reads, runs over views as the statement asks for them, and gives the result's columns. */
  List<String> columns(String sql) throws SQLException {
    Statement read = read(sql);
    try (var statement = duckdb.createStatement()) {
      for (Map.Entry<TableName, Set<MetadataColumn>> table : read.tables().entrySet()) {
        statement.execute("CREATE SCHEMA IF NOT EXISTS " + table.getKey().schema());
        statement.execute(
            "CREATE OR REPLACE VIEW "
                + table.getKey()
                + " AS SELECT "
                + viewColumns(table.getKey(), table.getValue()));
      }
      statement.execute(read.sql());
      try (ResultSet result = statement.getResultSet()) {
        ResultSetMetaData meta = result.getMetaData();
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
          names.add(meta.getColumnName(i));
        }
        while (result.next()) {
          result.getString(1);
        }
        return names;
      }
    }
  }

  private String viewColumns(TableName name, Set<MetadataColumn> metadata) {
    TableDefinition definition =
        definitions.tables().stream().filter(d -> d.name().equals(name)).findFirst().orElseThrow();
    String payload =
        definition.columns().stream()
            .map(column -> "'1' AS " + column.name())
            .collect(Collectors.joining(", "));
    return payload
        + metadata.stream()
            .map(
                column ->
                    (column.type() instanceof ColumnType.TimestampWithTimeZone
                            ? ", now() AS "
                            : ", '1' AS ")
                        + column.columnName())
            .collect(Collectors.joining());
  }

  @Override
  public void close() throws SQLException {
    duckdb.close();
  }

  private static TableDefinition table(String schema, String name, Column... columns) {
    return TableDefinition.of(
        new TableName(schema, name),
        StreamRef.parse(name),
        MessageDefinition.of(new MessageFormat.Json(), List.of(columns)),
        name + ".json");
  }

  private static Column column(String name) {
    return column(name, false);
  }

  private static Column hidden(String name) {
    return column(name, true);
  }

  private static Column column(String name, boolean hidden) {
    return new Column(
        name,
        Plain.VARCHAR,
        Column.Origin.MESSAGE,
        Optional.of(name),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        hidden);
  }
}
