package dev.millrace.local.sql;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.local.sql.Conditions.Condition;
import dev.millrace.table.MetadataColumn;
import dev.millrace.table.TableName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Reads the arrival times a statement is about off its comparisons of {@code _timestamp} with
 * constants. The bounds only narrow what is fetched: the conditions stay in the statement.
 */
final class TimestampBounds {
  private final ConstantTime constants;
  private final Clock clock;
  private final Map<TableName, TimeWindow> windows = new LinkedHashMap<>();
  private final TreeSet<String> unread = new TreeSet<>();

  TimestampBounds(ConstantTime constants, Clock clock) {
    this.constants = constants;
    this.clock = clock;
  }

  /** The windows of all tables of the SELECTs read so far. */
  Map<TableName, TimeWindow> windows() {
    return windows;
  }

  /** Tables whose arrival time is compared in a way that gave no bound. */
  List<String> unread() {
    return List.copyOf(unread);
  }

  void read(Scope scope) {
    List<Condition> conditions = Conditions.of(scope);
    for (TableUse use : scope.uses()) {
      TimeWindow window = TimeWindow.UNBOUNDED;
      boolean mentioned = false;
      for (Condition condition : conditions) {
        mentioned |= mentions(condition.expression(), use, scope);
        if (condition.bound().contains(use)) {
          window = window.and(window(condition.expression(), use, scope));
        }
      }
      if (mentioned && window.equals(TimeWindow.UNBOUNDED)) {
        unread.add(use.definition().name().toString());
      }
      windows.merge(use.definition().name(), window, TimeWindow::or);
    }
  }

  private TimeWindow window(JsonNode expression, TableUse use, Scope scope) {
    String type = expression.path("type").asText();
    if (type.equals("COMPARE_BETWEEN")) {
      return isArrival(expression.path("input"), use, scope)
          ? from(expression.path("lower")).and(to(expression.path("upper"), Edge.INCLUDED))
          : TimeWindow.UNBOUNDED;
    }
    JsonNode left = expression.path("left");
    JsonNode right = expression.path("right");
    if (isArrival(left, use, scope)) {
      return compared(type, right);
    }
    return isArrival(right, use, scope) ? compared(mirrored(type), left) : TimeWindow.UNBOUNDED;
  }

  private TimeWindow compared(String type, JsonNode value) {
    return switch (type) {
      case "COMPARE_GREATERTHAN", "COMPARE_GREATERTHANOREQUALTO" -> from(value);
      case "COMPARE_LESSTHAN" -> to(value, Edge.EXCLUDED);
      case "COMPARE_LESSTHANOREQUALTO" -> to(value, Edge.INCLUDED);
      case "COMPARE_EQUAL" -> from(value).and(to(value, Edge.INCLUDED));
      default -> TimeWindow.UNBOUNDED;
    };
  }

  private static String mirrored(String type) {
    return switch (type) {
      case "COMPARE_GREATERTHAN" -> "COMPARE_LESSTHAN";
      case "COMPARE_GREATERTHANOREQUALTO" -> "COMPARE_LESSTHANOREQUALTO";
      case "COMPARE_LESSTHAN" -> "COMPARE_GREATERTHAN";
      case "COMPARE_LESSTHANOREQUALTO" -> "COMPARE_GREATERTHANOREQUALTO";
      default -> type;
    };
  }

  private enum Edge {
    INCLUDED,
    EXCLUDED
  }

  private TimeWindow from(JsonNode value) {
    return new TimeWindow(constants.find(value), Optional.empty());
  }

  /** A bound at or after now is none: nothing of the query arrived later. */
  private TimeWindow to(JsonNode value, Edge edge) {
    Optional<Instant> bound =
        constants
            .find(value)
            .map(time -> edge == Edge.INCLUDED ? time.plus(1, ChronoUnit.MICROS) : time)
            .filter(time -> time.isBefore(clock.now()));
    return new TimeWindow(Optional.empty(), bound);
  }

  private static boolean mentions(JsonNode node, TableUse use, Scope scope) {
    if (isArrival(node, use, scope)) {
      return true;
    }
    for (JsonNode child : node) {
      if (mentions(child, use, scope)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isArrival(JsonNode node, TableUse use, Scope scope) {
    return node.path("class").asText().equals("COLUMN_REF")
        && scope.meanings(Scope.path(node)).stream()
            .anyMatch(meaning -> meaning.use() == use && isArrivalTime(meaning.column()));
  }

  private static boolean isArrivalTime(MetadataColumn column) {
    return column == MetadataColumn.TIMESTAMP || column == MetadataColumn.MESSAGE_TIMESTAMP;
  }
}
