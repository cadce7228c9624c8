package dev.millrace.local.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.table.MetadataColumn;
import dev.millrace.table.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes whatever spreads a table's columns leave out the hidden and the metadata ones: {@code *},
 * {@code t.*}, {@code COLUMNS(…)}, and a table's name used as a value. A view has the metadata
 * columns that the statement names anywhere; only where they are named do they appear.
 */
final class Stars {
  private final Connection duckdb;
  private final Map<TableName, Set<MetadataColumn>> tables;
  private boolean edited;

  Stars(Connection duckdb, Map<TableName, Set<MetadataColumn>> tables) {
    this.duckdb = duckdb;
    this.tables = tables;
  }

  /** Edits one SELECT of the tree. */
  void edit(Scope scope) {
    checkNaturalJoins(scope.select().path("from_table"), scope);
    scope.stars().forEach(star -> editStar(star, scope));
    scope.columnRefs().forEach(ref -> editWholeRow(ref, scope));
  }

  boolean isEdited() {
    return edited;
  }

  private List<String> leftOut(TableUse use) {
    return use.leftOut(tables.getOrDefault(use.definition().name(), Set.of()));
  }

  private void editStar(ObjectNode star, Scope scope) {
    if (star.path("expr").path("class").asText().equals("CONSTANT")) {
      editPattern(star, scope);
    } else if (!star.has("expr")) {
      exclude(star, scope);
    }
  }

  private void exclude(ObjectNode star, Scope scope) {
    Set<String> done = new TreeSet<>();
    for (TableUse use : scope.spread(star.path("relation_name").asText())) {
      if (use.isPivoted()) {
        continue;
      }
      for (String column : leftOut(use)) {
        String entry = (use.alias() + '\0' + column).toLowerCase(Locale.ROOT);
        if (!StarLists.settles(star, use.alias(), column) && done.add(entry)) {
          star.withArray("qualified_exclude_list")
              .addObject()
              .put("table", use.alias())
              .put("column", column);
          edited = true;
        }
      }
    }
  }

  /** {@code COLUMNS('a.*')} takes no EXCLUDE, the same as a condition on the name does. */
  private void editPattern(ObjectNode star, Scope scope) {
    JsonNode pattern = star.get("expr");
    boolean meetsLeftOut =
        scope.uses().stream()
            .flatMap(use -> leftOut(use).stream())
            .anyMatch(column -> matches(column, pattern.path("literal").path("text").asText()));
    if (!meetsLeftOut) {
      return;
    }
    ObjectNode condition =
        ParseTree.parseExpression(duckdb, "COLUMNS(lambda name: regexp_matches(name, ''))");
    JsonNode filter = condition.get("expr");
    JsonNode lambda = filter.path("arguments").get(1).get("expression");
    ((ObjectNode) lambda.path("expr").path("arguments").get(1)).set("expression", pattern);
    star.set("expr", filter);
    exclude((ObjectNode) filter.path("arguments").get(0).get("expression"), scope);
  }

  private boolean matches(String column, String pattern) {
    try (PreparedStatement statement =
        duckdb.prepareStatement("SELECT regexp_matches(?::VARCHAR, ?::VARCHAR)")) {
      statement.setString(1, column);
      statement.setString(2, pattern);
      try (ResultSet result = statement.executeQuery()) {
        return result.next() && result.getBoolean(1);
      }
    } catch (SQLException e) {
      // A wrong pattern: running the statement says so, in DuckDB's words.
      return false;
    }
  }

  /** {@code SELECT t FROM t} is the row as a struct. */
  private void editWholeRow(ObjectNode ref, Scope scope) {
    List<String> path = Scope.path(ref);
    if (path.size() != 1
        || scope.uses().stream().anyMatch(u -> u.hasPayloadColumn(path.get(0)))
        || meansResultColumn(ref, path.get(0), scope.select().path("select_list"))) {
      return;
    }
    for (TableUse use : scope.spread(path.get(0))) {
      List<String> leftOut = leftOut(use);
      if (!use.isPivoted() && !leftOut.isEmpty()) {
        List<String> fields =
            use.payloadColumns().stream()
                .filter(column -> leftOut.stream().noneMatch(column::equalsIgnoreCase))
                .map(column -> quoted(column) + " := " + quoted(path.get(0)) + "." + quoted(column))
                .toList();
        ObjectNode struct =
            ParseTree.parseExpression(
                duckdb, "struct_pack(" + String.join(", ", fields) + ") AS " + quoted(path.get(0)));
        String alias = ref.path("alias").asText();
        ref.removeAll();
        ref.setAll(struct);
        if (!alias.isEmpty()) {
          ref.put("alias", alias);
        }
        edited = true;
      }
    }
  }

  /** ORDER BY and the like know the result's columns by the names the SELECT gives them. */
  private static boolean meansResultColumn(ObjectNode ref, String name, JsonNode selectList) {
    for (JsonNode selected : selectList) {
      if (selected.path("alias").asText().equalsIgnoreCase(name)) {
        return !holds(selectList, ref);
      }
    }
    return false;
  }

  @SuppressWarnings("ReferenceEquality") // The node itself: two references can read the same.
  private static boolean holds(JsonNode tree, ObjectNode node) {
    if (tree == node) {
      return true;
    }
    for (JsonNode child : tree) {
      if (holds(child, node)) {
        return true;
      }
    }
    return false;
  }

  /** It would also join on the columns that are there only because they are named elsewhere. */
  private void checkNaturalJoins(JsonNode ref, Scope scope) {
    if (!ref.path("type").asText().equals("JOIN")) {
      return;
    }
    checkNaturalJoins(ref.path("left"), scope);
    checkNaturalJoins(ref.path("right"), scope);
    if (ref.path("ref_type").asText().equals("NATURAL")) {
      Set<String> shared = leftOut(JoinTree.uses(ref.path("left"), scope));
      shared.retainAll(leftOut(JoinTree.uses(ref.path("right"), scope)));
      if (!shared.isEmpty()) {
        throw new SqlException(
            "NATURAL JOIN would also join on " + String.join(", ", shared) + "; write USING (…)");
      }
    }
  }

  private Set<String> leftOut(List<TableUse> uses) {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    uses.forEach(use -> names.addAll(leftOut(use)));
    return names;
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
