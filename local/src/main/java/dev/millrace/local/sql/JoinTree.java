package dev.millrace.local.sql;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which tables are below a relation of a FROM clause. */
final class JoinTree {
  private JoinTree() {}

  /** The uses in a relation, through joins, not through subqueries. */
  @SuppressWarnings("ReferenceEquality") // The node itself: two uses can read the same.
  static List<TableUse> uses(JsonNode ref, Scope scope) {
    List<TableUse> found = new ArrayList<>();
    if (ref.path("type").asText().equals("JOIN")) {
      found.addAll(uses(ref.path("left"), scope));
      found.addAll(uses(ref.path("right"), scope));
    } else {
      scope.uses().stream().filter(use -> use.ref() == ref).forEach(found::add);
    }
    return found;
  }

  /**
   * The uses whose columns nobody sees but the ON of their own join: what SEMI and ANTI look up.
   */
  static List<TableUse> lookedUp(JsonNode ref, Scope scope) {
    List<TableUse> found = new ArrayList<>();
    if (ref.path("type").asText().equals("JOIN")) {
      found.addAll(lookedUp(ref.path("left"), scope));
      found.addAll(
          Set.of("SEMI", "ANTI").contains(ref.path("join_type").asText())
              ? uses(ref.path("right"), scope)
              : lookedUp(ref.path("right"), scope));
    }
    return found;
  }
}
