package dev.millrace.local.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * DuckDB's own parse of a statement as a JSON tree, and back to SQL. Empty and null members are
 * left out of the tree, so absent means empty.
 */
final class ParseTree {
  private static final JsonMapper JSON = new JsonMapper();

  /** What a statement may be. */
  static final String ONLY = "SQL here is one SELECT, EXPLAIN, DESCRIBE, SUMMARIZE or SHOW TABLES";

  private ParseTree() {}

  /** Parses one statement to {@code {"node": …}}. */
  static ObjectNode parse(Connection duckdb, String sql) {
    JsonNode answer =
        read(
            call(
                duckdb,
                "SELECT json_serialize_sql(?::VARCHAR, skip_empty := true, skip_null := true)",
                sql));
    if (answer.path("error").asBoolean()) {
      throw failure(sql, answer);
    }
    JsonNode statements = answer.path("statements");
    if (statements.size() != 1) {
      throw new SqlException(
          statements.isEmpty() ? "The SQL is empty" : ONLY + ", not " + statements.size());
    }
    return (ObjectNode) statements.get(0);
  }

  /** The first expression of {@code SELECT expression}. */
  static ObjectNode parseExpression(Connection duckdb, String expression) {
    return (ObjectNode)
        parse(duckdb, "SELECT " + expression).path("node").path("select_list").get(0);
  }

  static String toSql(Connection duckdb, ObjectNode statement) {
    ObjectNode document = JSON.createObjectNode().put("error", false);
    document.putArray("statements").add(statement);
    return call(duckdb, "SELECT json_deserialize_sql(?::JSON)", document.toString());
  }

  private static SqlException failure(String sql, JsonNode answer) {
    String message = answer.path("error_message").asText();
    if (answer.path("error_type").asText().equals("parser")) {
      return new SqlException(
          "SQL syntax error"
              + place(sql, answer.path("position").asText())
              + ": "
              + firstLine(message));
    }
    // A statement that parses and is no SELECT; PIVOT as a statement of its own is one, too.
    return new SqlException(ONLY + " (" + firstLine(message) + ")");
  }

  private static String place(String sql, String byteOffset) {
    if (byteOffset.isEmpty()) {
      return "";
    }
    byte[] utf8 = sql.getBytes(StandardCharsets.UTF_8);
    int end = Math.min(Integer.parseInt(byteOffset), utf8.length);
    String before = new String(utf8, 0, end, StandardCharsets.UTF_8);
    int lineStart = before.lastIndexOf('\n') + 1;
    long line = before.chars().filter(c -> c == '\n').count() + 1;
    int column = before.codePointCount(lineStart, before.length()) + 1;
    return " at line " + line + ", column " + column;
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse(message);
  }

  private static String call(Connection duckdb, String sql, String argument) {
    try (PreparedStatement statement = duckdb.prepareStatement(sql)) {
      statement.setString(1, argument);
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        return result.getString(1);
      }
    } catch (SQLException e) {
      throw new MillraceException(
          ErrorCode.INTERNAL, "DuckDB failed to read a statement: " + e.getMessage(), e);
    }
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new MillraceException(
          ErrorCode.INTERNAL, "DuckDB's parse of a statement is not JSON", e);
    }
  }
}
