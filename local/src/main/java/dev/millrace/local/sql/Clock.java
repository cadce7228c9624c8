package dev.millrace.local.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts the query's one instant in the place of whatever in a statement asks the clock. The
 * statement runs after the records were read: by a clock of its own, what a bound took in would be
 * gone again by as long as the reading takes.
 */
final class Clock {
  private static final Map<String, String> FUNCTIONS =
      Map.of(
          "now", "TIMESTAMPTZ",
          "transaction_timestamp", "TIMESTAMPTZ",
          "get_current_timestamp", "TIMESTAMPTZ",
          "today", "DATE",
          "current_date", "DATE",
          "get_current_time", "TIMETZ",
          "current_localtime", "TIME",
          "current_localtimestamp", "TIMESTAMP");

  /** The parser takes these for columns; they are the clock where no column has the name. */
  private static final Map<String, String> WORDS =
      Map.of(
          "current_timestamp", "TIMESTAMPTZ",
          "current_date", "DATE",
          "current_time", "TIMETZ",
          "localtime", "TIME",
          "localtimestamp", "TIMESTAMP");

  private final Connection duckdb;
  private final Supplier<Instant> source;
  private @Nullable Instant instant;

  /**
   * @param source asked once at most, and only where the statement needs to know
   */
  Clock(Connection duckdb, Supplier<Instant> source) {
    this.duckdb = duckdb;
    this.source = source;
  }

  Instant now() {
    Instant known = instant;
    if (known == null) {
      known = source.get().truncatedTo(ChronoUnit.MICROS);
      instant = known;
    }
    return known;
  }

  /**
   * Edits a statement's tree.
   *
   * @param isPayloadColumn whether a table it reads has a column of a name
   * @return true where there was anything to edit
   */
  boolean edit(ObjectNode query, Predicate<String> isPayloadColumn) {
    Predicate<String> isColumn = name -> isPayloadColumn.test(name) || isNamed(query, name);
    IdentityHashMap<ObjectNode, String> found = new IdentityHashMap<>();
    collect(query, isColumn, found);
    if (found.isEmpty()) {
      return false;
    }
    IdentityHashMap<ObjectNode, String> labels = new IdentityHashMap<>();
    collectLabels(query, found, labels);
    found.forEach(this::replace);
    labels.forEach((selected, label) -> selected.put("alias", label));
    return true;
  }

  private static void collect(
      JsonNode node, Predicate<String> isColumn, IdentityHashMap<ObjectNode, String> found) {
    if (node instanceof ObjectNode object) {
      type(object, isColumn).ifPresent(type -> found.put(object, type));
    }
    node.forEach(child -> collect(child, isColumn, found));
  }

  private static Optional<String> type(ObjectNode node, Predicate<String> isColumn) {
    return switch (node.path("class").asText()) {
      case "FUNCTION" ->
          node.path("arguments").isEmpty()
              ? Optional.ofNullable(FUNCTIONS.get(lower(node.path("function_name").asText())))
              : Optional.empty();
      case "COLUMN_REF" -> word(node).filter(isColumn.negate()).map(WORDS::get);
      default -> Optional.empty();
    };
  }

  private static Optional<String> word(JsonNode columnRef) {
    List<String> path = Scope.path(columnRef);
    return path.size() == 1
        ? Optional.of(lower(path.get(0))).filter(WORDS::containsKey)
        : Optional.empty();
  }

  /** True where the statement itself gives a name to something, or finds it in a relation. */
  private static boolean isNamed(JsonNode node, String name) {
    if (node.isTextual()) {
      return node.asText().equalsIgnoreCase(name);
    }
    String kind = node.path("class").asText();
    if (kind.equals("CONSTANT")) {
      return node.path("alias").asText().equalsIgnoreCase(name);
    }
    if (kind.equals("COLUMN_REF") && word(node).filter(name::equals).isPresent()) {
      return false;
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      boolean isFunction =
          kind.equals("FUNCTION")
              && (member.getKey().equals("function_name")
                  || member.getKey().equals("qualified_name"));
      if (!isFunction && isNamed(member.getValue(), name)) {
        return true;
      }
    }
    if (node.isArray()) {
      for (JsonNode child : node) {
        if (isNamed(child, name)) {
          return true;
        }
      }
    }
    return false;
  }

  /** A result's column keeps the name that the user's own words give it. */
  private void collectLabels(
      JsonNode node,
      IdentityHashMap<ObjectNode, String> found,
      IdentityHashMap<ObjectNode, String> labels) {
    for (JsonNode selected : node.path("select_list")) {
      if (selected.path("alias").asText().isEmpty()
          && holdsAny(selected, found)
          && !holdsStar(selected)) {
        labels.put((ObjectNode) selected, label(selected));
      }
    }
    node.forEach(child -> collectLabels(child, found, labels));
  }

  private String label(JsonNode selected) {
    if (selected.path("class").asText().equals("COLUMN_REF")) {
      return Scope.path(selected).get(0);
    }
    ObjectNode select = ParseTree.parse(duckdb, "SELECT NULL");
    ((ArrayNode) select.path("node").path("select_list")).set(0, selected.deepCopy());
    return ParseTree.toSql(duckdb, select).substring("SELECT ".length());
  }

  private static boolean holdsAny(JsonNode node, IdentityHashMap<ObjectNode, String> found) {
    return any(node, inner -> inner instanceof ObjectNode object && found.containsKey(object));
  }

  /** Its columns, which can be many, go by names of their own. */
  private static boolean holdsStar(JsonNode node) {
    return any(node, inner -> inner.path("class").asText().equals("STAR"));
  }

  private static boolean any(JsonNode node, Predicate<JsonNode> wanted) {
    if (wanted.test(node)) {
      return true;
    }
    List<JsonNode> children = new ArrayList<>();
    node.forEach(children::add);
    return children.stream().anyMatch(child -> any(child, wanted));
  }

  private void replace(ObjectNode node, String type) {
    String alias = node.path("alias").asText();
    node.removeAll();
    node.setAll(ParseTree.parseExpression(duckdb, type + " '" + text(type) + "'"));
    if (!alias.isEmpty()) {
      node.put("alias", alias);
    }
  }

  private String text(String type) {
    LocalDateTime utc = LocalDateTime.ofInstant(now(), ZoneOffset.UTC);
    return switch (type) {
      case "DATE" -> utc.toLocalDate().toString();
      case "TIME" -> utc.toLocalTime().toString();
      case "TIMETZ" -> utc.toLocalTime() + "+00";
      case "TIMESTAMP" -> utc.toString();
      default -> now().toString();
    };
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
