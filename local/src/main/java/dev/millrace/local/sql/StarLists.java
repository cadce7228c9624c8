package dev.millrace.local.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** The columns a user names in a star's EXCLUDE, REPLACE and RENAME. */
final class StarLists {
  private StarLists() {}

  /** Paths, each a column's name or its table's and its own. */
  static List<List<String>> namedIn(ObjectNode star) {
    List<String> bare = new ArrayList<>();
    star.path("exclude_list").forEach(name -> bare.add(name.asText()));
    star.path("replace_list").forEach(entry -> bare.add(entry.path("key").asText()));
    List<List<String>> paths = new ArrayList<>();
    bare.forEach(name -> paths.add(path(star, "", name)));
    for (JsonNode entry : star.path("qualified_exclude_list")) {
      paths.add(path(star, entry.path("table").asText(), entry.path("column").asText()));
    }
    for (JsonNode entry : star.path("rename_list")) {
      JsonNode key = entry.path("key");
      paths.add(path(star, key.path("table").asText(), key.path("column").asText()));
    }
    return paths;
  }

  private static List<String> path(ObjectNode star, String table, String column) {
    String relation = table.isEmpty() ? star.path("relation_name").asText() : table;
    return relation.isEmpty() ? List.of(column) : List.of(relation, column);
  }

  /** True where the user has already said what becomes of a table's column. */
  static boolean settles(ObjectNode star, String table, String column) {
    return namedIn(star).stream()
        .anyMatch(
            path ->
                path.get(path.size() - 1).equalsIgnoreCase(column)
                    && (path.size() == 1 || path.get(0).equalsIgnoreCase(table)));
  }
}
