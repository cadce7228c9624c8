package dev.millrace.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.table.Column;
import dev.millrace.table.MessageFormat;
import dev.millrace.table.mapping.JsonPath;
import dev.millrace.table.mapping.JsonPath.Index;
import dev.millrace.table.mapping.JsonPath.Name;
import dev.millrace.table.mapping.JsonPath.Step;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JSON messages, written by Jackson. */
final class JsonSubject implements Subject {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final MadeColumns made;
  private final List<JsonPath> paths = new ArrayList<>();
  private final boolean array;

  JsonSubject(Dice dice) {
    array = dice.oneIn(8);
    made = new MadeColumns(dice, format(), this::mapped);
    made.columns().forEach(column -> paths.add(JsonPath.of(column)));
  }

  private Column mapped(Dice dice, Column column, int index) {
    // Paths of columns that need not fit may lead into each other.
    String name = dice.oneIn(6) ? "c" + dice.below(2) : column.name();
    String path =
        switch (dice.below(8)) {
          case 0 -> name + "/x";
          case 1 -> "o/p/" + name;
          case 2 -> name + "/y[1]";
          case 3 -> name + "[2]/z";
          case 4 -> "o/é " + name;
          default -> name;
        };
    if (array) {
      return column.withMapping("[" + dice.below(2) + "]/" + path);
    }
    return path.equals(column.name()) ? column : column.withMapping(path);
  }

  @Override
  public MessageFormat format() {
    return new MessageFormat.Json();
  }

  @Override
  public List<Column> columns() {
    return made.columns();
  }

  @Override
  public Content content() {
    return Content.JSON;
  }

  /** Whether one column's value would be put into another's. */
  private boolean isMixed() {
    for (int i = 0; i < paths.size(); i++) {
      for (int j = 0; j < paths.size(); j++) {
        if (i != j && paths.get(i).below(paths.get(j)).isPresent()) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public Sample message(Dice dice) {
    JsonNode root = array ? NODES.arrayNode() : NODES.objectNode();
    boolean whole = made.fits() && !isMixed();
    for (int i = 0; i < paths.size(); i++) {
      JsonNode value = made.values(dice, i).json(made.valueType(dice, i));
      whole &= put(root, paths.get(i).steps(), value);
    }
    if (root instanceof ObjectNode object && dice.coin()) {
      object.set("rest", made.values(dice, 0).document(3));
    }
    String text =
        dice.oneIn(6)
            ? root.toPrettyString()
            : dice.oneIn(5) ? Values.writeAscii(root) : Values.write(root);
    return new Sample(text.getBytes(StandardCharsets.UTF_8), whole);
  }

  /** False where another value is in the way. */
  @SuppressWarnings("ReferenceEquality") // What was put is meant, not a value like it.
  private static boolean put(JsonNode root, List<Step> path, JsonNode value) {
    JsonNode node = root;
    for (int i = 0; i < path.size(); i++) {
      boolean last = i + 1 == path.size();
      JsonNode fresh =
          last ? value : path.get(i + 1) instanceof Name ? NODES.objectNode() : NODES.arrayNode();
      JsonNode next = child(node, path.get(i), fresh);
      if (next == null || (last && next != fresh)) {
        return false;
      }
      node = next;
    }
    return true;
  }

  private static @Nullable JsonNode child(JsonNode node, Step step, JsonNode fresh) {
    if (step instanceof Name name && node instanceof ObjectNode object) {
      if (!object.has(name.name())) {
        object.set(name.name(), fresh);
      }
      return object.get(name.name());
    } else if (step instanceof Index index && node instanceof ArrayNode elements) {
      while (elements.size() < index.index()) {
        elements.addNull();
      }
      if (elements.size() == index.index()) {
        elements.add(fresh);
      } else if (elements.get(index.index()).isNull()) {
        elements.set(index.index(), fresh);
      }
      return elements.get(index.index());
    }
    return null;
  }
}
