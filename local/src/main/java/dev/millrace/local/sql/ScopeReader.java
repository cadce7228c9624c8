package dev.millrace.local.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks a parse tree and notes each SELECT with its tables, column references and stars. Table
 * references are resolved on the way; a bare name gets its schema in the tree.
 *
 * <p>The walk follows the tree's shape in three kinds of places: queries (objects with a {@code
 * cte_map}), relations of a FROM clause, and expressions, which are everything else.
 */
final class ScopeReader {
  /** The others, such as a DELETE … RETURNING as a CTE, change something. */
  private static final Set<String> READING_QUERIES =
      Set.of("SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE");

  /** They touch the store's own numbers, write to its log, or show what is around it. */
  private static final Set<String> REFUSED_FUNCTIONS =
      Set.of("nextval", "currval", "write_log", "current_setting", "getenv");

  private final TableNames names;
  private final List<Scope> scopes = new ArrayList<>();
  private boolean edited;

  ScopeReader(TableNames names) {
    this.names = names;
  }

  /** Every SELECT, an outer one before those inside it. */
  List<Scope> read(ObjectNode query) {
    readQuery(query, null, Set.of());
    scopes.forEach(ScopeReader::nameColumns);
    return scopes;
  }

  /** True where reading put schemas into the tree. */
  boolean isEdited() {
    return edited;
  }

  private void readQuery(JsonNode query, @Nullable Scope outer, Set<String> outerCtes) {
    if (!READING_QUERIES.contains(query.path("type").asText())) {
      throw new SqlException(ParseTree.ONLY);
    }
    Set<String> ctes = new HashSet<>(outerCtes);
    for (JsonNode cte : query.path("cte_map").path("map")) {
      String name = cte.path("key").asText().toLowerCase(Locale.ROOT);
      JsonNode body = cte.path("value").path("query_node");
      boolean recursive = body.path("type").asText().equals("RECURSIVE_CTE_NODE");
      Set<String> visible = new HashSet<>(ctes);
      if (recursive) {
        visible.add(name);
      }
      readQuery(body, outer, visible);
      ctes.add(name);
    }
    Scope scope = outer;
    if (query.path("type").asText().equals("SELECT_NODE")) {
      scope = new Scope((ObjectNode) query, outer);
      scopes.add(scope);
      readRelation(query.path("from_table"), scope, ctes, false);
    }
    for (Map.Entry<String, JsonNode> member : query.properties()) {
      if (!member.getKey().equals("cte_map") && !member.getKey().equals("from_table")) {
        readExpressions(member.getValue(), scope, ctes, member.getKey().equals("modifiers"));
      }
    }
  }

  private void readRelation(JsonNode ref, Scope scope, Set<String> ctes, boolean pivoted) {
    switch (ref.path("type").asText()) {
      case "BASE_TABLE" -> readTable((ObjectNode) ref, scope, ctes, pivoted);
      case "JOIN" -> {
        readRelation(ref.path("left"), scope, ctes, pivoted);
        readRelation(ref.path("right"), scope, ctes, pivoted);
        readExpressions(ref.path("condition"), scope, ctes, false);
      }
      case "SUBQUERY" -> readQuery(ref.path("subquery").path("node"), scope, ctes);
      case "SHOW_REF" -> readShown(ref, scope, ctes);
      case "TABLE_FUNCTION" -> {
        names.checkFunction(ref.path("function").path("function_name").asText());
        readExpressions(ref.path("function"), scope, ctes, false);
      }
      case "PIVOT" -> {
        readRelation(ref.path("source"), scope, ctes, true);
        readExpressions(ref.path("pivots"), scope, ctes, true);
        readExpressions(ref.path("aggregates"), scope, ctes, true);
      }
      default -> readExpressions(ref, scope, ctes, false);
    }
  }

  private void readTable(ObjectNode ref, Scope scope, Set<String> ctes, boolean pivoted) {
    String table = ref.path("table_name").asText();
    boolean bare = !ref.has("schema_name");
    if (bare && ctes.contains(table.toLowerCase(Locale.ROOT))) {
      return;
    }
    TableUse use = new TableUse(names.find(ref), ref, pivoted);
    scope.uses().add(use);
    if (bare) {
      String schema = use.definition().name().schema();
      ref.put("schema_name", schema);
      ref.putObject("qualified_name").putArray("path").add(schema).add(table);
      edited = true;
    }
  }

  private void readShown(JsonNode ref, Scope scope, Set<String> ctes) {
    if (!ref.has("query")) {
      throw new SqlException(TableList.ONLY);
    }
    readQuery(ref.path("query"), scope, ctes);
  }

  /**
   * @param starless a star here does not spread columns, as in ORDER BY ALL
   */
  private void readExpressions(
      JsonNode node, @Nullable Scope scope, Set<String> ctes, boolean starless) {
    if (node.isObject() && node.has("cte_map")) {
      readQuery(node, scope, ctes);
      return;
    }
    if (node.path("class").asText().equals("FUNCTION")) {
      checkFunction(node.path("function_name").asText());
    }
    if (scope != null && node.isObject()) {
      switch (node.path("class").asText()) {
        case "COLUMN_REF" -> scope.columnRefs().add((ObjectNode) node);
        case "STAR" -> {
          if (!starless) {
            scope.stars().add((ObjectNode) node);
          }
        }
        default -> {}
      }
    }
    for (JsonNode child : node) {
      readExpressions(child, scope, ctes, starless);
    }
  }

  private static void checkFunction(String name) {
    if (REFUSED_FUNCTIONS.contains(name.toLowerCase(Locale.ROOT))) {
      throw new SqlException(
          "Function " + name + "() cannot be used here: SQL here reads tables only");
    }
  }

  private static void nameColumns(Scope scope) {
    scope.columnRefs().forEach(ref -> name(scope, Scope.path(ref)));
    scope.stars().forEach(star -> StarLists.namedIn(star).forEach(path -> name(scope, path)));
    usingColumns(scope.select().path("from_table"))
        .forEach(
            column ->
                scope
                    .usingMeanings(column)
                    .forEach(meaning -> meaning.use().name(meaning.column())));
  }

  private static void name(Scope scope, List<String> path) {
    scope.meanings(path).forEach(meaning -> meaning.use().name(meaning.column()));
  }

  private static List<String> usingColumns(JsonNode ref) {
    List<String> columns = new ArrayList<>();
    if (ref.path("type").asText().equals("JOIN")) {
      ref.path("using_columns").forEach(column -> columns.add(column.asText()));
      columns.addAll(usingColumns(ref.path("left")));
      columns.addAll(usingColumns(ref.path("right")));
    }
    return columns;
  }
}
