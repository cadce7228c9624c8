package dev.millrace.local.sql;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tells whether any rows do, and how many: a LIMIT over one table's rows, each taken or dropped by
 * itself.
 */
final class EnoughRows {
  private static final Set<String> ROW_BY_ROW =
      Set.of(
          "type",
          "modifiers",
          "cte_map",
          "select_list",
          "from_table",
          "where_clause",
          "aggregate_handling");

  /** Columns that tell of all rows there are in the window, however few are taken. */
  private static final Set<String> WHOLE_WINDOW_COLUMNS =
      Set.of("_segment_start", "_segment_end", "_segment_count");

  private static final Set<String> WHOLE_TABLE_CLASSES = Set.of("WINDOW", "SUBQUERY");

  private EnoughRows() {}

  static OptionalLong of(Connection duckdb, JsonNode query) {
    OptionalLong limit = limit(query.path("modifiers"));
    return limit.isPresent() && isRowByRow(query) && isRowByRow(duckdb, query)
        ? limit
        : OptionalLong.empty();
  }

  private static OptionalLong limit(JsonNode modifiers) {
    JsonNode modifier = modifiers.path(0);
    if (modifiers.size() != 1
        || !modifier.path("type").asText().equals("LIMIT_MODIFIER")
        || !modifier.path("limit_type").asText().equals("ROW_COUNT")) {
      return OptionalLong.empty();
    }
    boolean offsetIsKnown = !modifier.has("offset") || number(modifier.path("offset")).isPresent();
    return offsetIsKnown ? number(modifier.path("limit")) : OptionalLong.empty();
  }

  private static OptionalLong number(JsonNode constant) {
    JsonNode literal = constant.path("literal");
    String digits = literal.path("text").asText();
    // Past nine digits, or with a separator in it, there is no fetch to narrow.
    return literal.path("kind").asText().equals("INTEGER") && digits.matches("[0-9]{1,9}")
        ? OptionalLong.of(Long.parseLong(digits))
        : OptionalLong.empty();
  }

  private static boolean isRowByRow(JsonNode query) {
    for (Map.Entry<String, JsonNode> member : query.properties()) {
      if (!ROW_BY_ROW.contains(member.getKey())) {
        return false;
      }
    }
    JsonNode from = query.path("from_table");
    return query.path("type").asText().equals("SELECT_NODE")
        && query.path("cte_map").isEmpty()
        && query.path("aggregate_handling").asText().equals("STANDARD_HANDLING")
        && from.path("type").asText().equals("BASE_TABLE")
        && !from.has("sample");
  }

  private static boolean isRowByRow(Connection duckdb, JsonNode query) {
    Set<String> functions = new TreeSet<>();
    return collect(query, functions) && (functions.isEmpty() || areScalar(duckdb, functions));
  }

  /** Collects the functions called; false where something looks at more than a row. */
  private static boolean collect(JsonNode node, Set<String> functions) {
    if (WHOLE_TABLE_CLASSES.contains(node.path("class").asText()) || isOfWholeWindow(node)) {
      return false;
    }
    if (node.has("function_name") && !node.path("is_operator").asBoolean()) {
      functions.add(node.path("function_name").asText().toLowerCase(Locale.ROOT));
    }
    for (JsonNode child : node) {
      if (!collect(child, functions)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOfWholeWindow(JsonNode node) {
    return node.path("class").asText().equals("COLUMN_REF")
        && Scope.path(node).stream()
            .anyMatch(name -> WHOLE_WINDOW_COLUMNS.contains(name.toLowerCase(Locale.ROOT)));
  }

  /** DuckDB's own list decides; a macro can hide an aggregate, so it does not count as scalar. */
  private static boolean areScalar(Connection duckdb, Set<String> functions) {
    String wanted = String.join(", ", Collections.nCopies(functions.size(), "?"));
    try (PreparedStatement statement =
        duckdb.prepareStatement(
            "SELECT count(DISTINCT function_name) FILTER (function_type = 'scalar'),"
                + " count(*) FILTER (function_type <> 'scalar')"
                + " FROM duckdb_functions() WHERE function_name IN ("
                + wanted
                + ")")) {
      int i = 1;
      for (String function : functions) {
        statement.setString(i++, function);
      }
      try (ResultSet result = statement.executeQuery()) {
        return result.next() && result.getLong(1) == functions.size() && result.getLong(2) == 0;
      }
    } catch (SQLException e) {
      return false;
    }
  }
}
