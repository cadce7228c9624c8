package dev.millrace.local.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.table.MetadataColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One SELECT of a statement: the tables its FROM holds directly, and what it says of columns. */
final class Scope {

  /** A name that means a metadata column of one use of a table. */
  record Meaning(TableUse use, MetadataColumn column) {}

  private final ObjectNode select;
  private final @Nullable Scope outer;
  private final List<TableUse> uses = new ArrayList<>();
  private final List<ObjectNode> columnRefs = new ArrayList<>();
  private final List<ObjectNode> stars = new ArrayList<>();

  Scope(ObjectNode select, @Nullable Scope outer) {
    this.select = select;
    this.outer = outer;
  }

  ObjectNode select() {
    return select;
  }

  List<TableUse> uses() {
    return uses;
  }

  List<ObjectNode> columnRefs() {
    return columnRefs;
  }

  List<ObjectNode> stars() {
    return stars;
  }

  static List<String> path(JsonNode columnRef) {
    List<String> names = new ArrayList<>();
    columnRef.path("column_names").forEach(name -> names.add(name.asText()));
    return names;
  }

  /** What a column reference means among this SELECT's own tables and those around it. */
  List<Meaning> meanings(List<String> path) {
    if (path.size() == 1) {
      return uses.isEmpty() && outer != null
          ? outer.meanings(path)
          : unqualified(path.get(0), seen());
    }
    List<Meaning> own = uses.stream().flatMap(use -> qualified(use, path).stream()).toList();
    return own.isEmpty() && outer != null ? outer.meanings(path) : own;
  }

  /** What a column of USING means: one of each side, looked up or not. */
  List<Meaning> usingMeanings(String name) {
    return unqualified(name, uses);
  }

  /** The uses whose columns the SELECT sees. */
  private List<TableUse> seen() {
    List<TableUse> seen = new ArrayList<>(uses);
    seen.removeAll(JoinTree.lookedUp(select.path("from_table"), this));
    return seen;
  }

  /** The uses a star, or a star of one relation, spreads. */
  List<TableUse> spread(String relation) {
    if (relation.isEmpty()) {
      return seen();
    }
    List<TableUse> own =
        uses.stream().filter(use -> use.alias().equalsIgnoreCase(relation)).toList();
    return own.isEmpty() && outer != null ? outer.spread(relation) : own;
  }

  /** A payload column wins, whichever table has it. */
  private static List<Meaning> unqualified(String name, List<TableUse> among) {
    Optional<MetadataColumn> column = MetadataColumn.find(name);
    if (column.isEmpty() || among.stream().anyMatch(use -> use.hasPayloadColumn(name))) {
      return List.of();
    }
    return among.stream().map(use -> new Meaning(use, column.get())).toList();
  }

  private static Optional<Meaning> qualified(TableUse use, List<String> path) {
    int qualifiers;
    if (use.alias().equalsIgnoreCase(path.get(0))) {
      qualifiers = 1;
    } else if (path.size() > 2 && use.answersTo(path.get(0), path.get(1))) {
      qualifiers = 2;
    } else {
      return Optional.empty();
    }
    String name = path.get(qualifiers);
    return use.hasPayloadColumn(name)
        ? Optional.empty()
        : MetadataColumn.find(name).map(column -> new Meaning(use, column));
  }
}
