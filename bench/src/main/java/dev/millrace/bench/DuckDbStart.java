package dev.millrace.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A JVM that starts, loads DuckDB, answers one row and ends: the floor of any first answer. */
final class DuckDbStart {
  private DuckDbStart() {}

  public static void main(String[] args) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT 42")) {
      rows.next();
      System.out.println(rows.getInt(1));
    }
  }
}
