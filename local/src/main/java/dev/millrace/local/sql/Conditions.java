package dev.millrace.local.sql;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The conditions of one SELECT that a row of a table must meet to matter, each with the uses of
 * tables it binds.
 *
 * <p>WHERE binds every table it sees, which a table that SEMI or ANTI looks up is not: what an
 * outer join adds in place of a missing row is NULL, and no comparison holds for NULL. ON binds the
 * sides whose unmatched rows the join drops. Where a join pairs rows by their place or takes the
 * nearest, leaving a row out changes what others pair with: such tables, and sampled or pivoted
 * ones, are bound by nothing.
 */
final class Conditions {

  /** One conjunct. */
  record Condition(JsonNode expression, Set<TableUse> bound) {}

  private static final Set<String> INDEPENDENT_PAIRS =
      Set.of("REGULAR", "CROSS", "NATURAL", "DEPENDENT");

  private final Scope scope;
  private final List<Condition> conditions = new ArrayList<>();
  private final Set<TableUse> free = new HashSet<>();

  private Conditions(Scope scope) {
    this.scope = scope;
  }

  static List<Condition> of(Scope scope) {
    Conditions all = new Conditions(scope);
    JsonNode from = scope.select().path("from_table");
    List<TableUse> seen = JoinTree.uses(from, scope);
    seen.removeAll(JoinTree.lookedUp(from, scope));
    all.add(scope.select().path("where_clause"), seen);
    all.addJoins(from);
    boolean sampled = scope.select().has("sample");
    scope.uses().stream()
        .filter(use -> sampled || use.isSampled() || use.isPivoted())
        .forEach(all.free::add);
    all.conditions.forEach(condition -> condition.bound().removeAll(all.free));
    return all.conditions;
  }

  private void addJoins(JsonNode ref) {
    if (!ref.path("type").asText().equals("JOIN")) {
      return;
    }
    addJoins(ref.path("left"));
    addJoins(ref.path("right"));
    List<TableUse> left = JoinTree.uses(ref.path("left"), scope);
    List<TableUse> right = JoinTree.uses(ref.path("right"), scope);
    if (!INDEPENDENT_PAIRS.contains(ref.path("ref_type").asText())) {
      free.addAll(left);
      free.addAll(right);
      return;
    }
    List<TableUse> bound = new ArrayList<>();
    String type = ref.path("join_type").asText();
    if (Set.of("INNER", "SEMI", "RIGHT").contains(type)) {
      bound.addAll(left);
    }
    if (Set.of("INNER", "SEMI", "LEFT", "ANTI").contains(type)) {
      bound.addAll(right);
    }
    add(ref.path("condition"), bound);
  }

  private void add(JsonNode expression, List<TableUse> bound) {
    if (expression.path("type").asText().equals("CONJUNCTION_AND")) {
      expression.path("children").forEach(child -> add(child, bound));
    } else if (!expression.isMissingNode()) {
      conditions.add(new Condition(expression, new HashSet<>(bound)));
    }
  }
}
