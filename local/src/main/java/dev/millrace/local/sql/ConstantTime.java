package dev.millrace.local.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Expressions that are one instant for a whole statement, computed by DuckDB. */
final class ConstantTime {
  private static final Set<String> VARYING_CLASSES =
      Set.of(
          "SUBQUERY",
          "STAR",
          "WINDOW",
          "PARAMETER",
          "LAMBDA",
          "POSITIONAL_REFERENCE",
          "COLUMN_REF");
  private static final Set<String> VARYING_FUNCTIONS =
      Set.of("random", "uuid", "uuidv4", "uuidv7", "gen_random_uuid", "nextval", "currval");

  private final Connection duckdb;

  ConstantTime(Connection duckdb) {
    this.duckdb = duckdb;
  }

  /** Computes an expression; empty where it varies, has no value, or is not a point in time. */
  Optional<Instant> find(JsonNode expression) {
    return isConstant(expression) ? compute(expression) : Optional.empty();
  }

  private static boolean isConstant(JsonNode node) {
    if (node.isObject()) {
      String kind = node.path("class").asText();
      if (VARYING_CLASSES.contains(kind)
          || VARYING_FUNCTIONS.contains(lower(node.path("function_name")))) {
        return false;
      }
    }
    for (JsonNode child : node) {
      if (!isConstant(child)) {
        return false;
      }
    }
    return true;
  }

  private static String lower(JsonNode text) {
    return text.asText().toLowerCase(Locale.ROOT);
  }

  private Optional<Instant> compute(JsonNode expression) {
    ObjectNode query =
        ParseTree.parse(
            duckdb, "SELECT epoch_us(x) FROM (SELECT NULL::TIMESTAMPTZ AS x) WHERE isfinite(x)");
    JsonNode inner = query.path("node").path("from_table").path("subquery").path("node");
    ((ObjectNode) inner.path("select_list").get(0)).set("child", expression);
    try (Statement statement = duckdb.createStatement();
        ResultSet result = statement.executeQuery(ParseTree.toSql(duckdb, query))) {
      return result.next()
          ? Optional.of(Instant.EPOCH.plus(result.getLong(1), ChronoUnit.MICROS))
          : Optional.empty();
    } catch (SQLException e) {
      // Not a time at all: running the statement says so, in DuckDB's words.
      return Optional.empty();
    }
  }
}
