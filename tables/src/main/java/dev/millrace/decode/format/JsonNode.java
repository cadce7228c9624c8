package dev.millrace.decode.format;

import dev.millrace.decode.field.FieldDecoder;
import dev.millrace.decode.json.NameTable;
import dev.millrace.decode.row.PendingRow;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.mapping.JsonPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A place in a message that wanted columns are at or below: the columns' paths, put together as a
 * tree so that one pass over the message serves all.
 */
final class JsonNode {
  private static final FieldDecoder[] NONE = {};

  /** Columns that take the value here, and those that take its JSON text as it is written. */
  private FieldDecoder[] values = NONE;

  private FieldDecoder[] sources = NONE;

  private final TreeMap<String, JsonNode> members = new TreeMap<>();
  private final TreeMap<Integer, JsonNode> elements = new TreeMap<>();
  private @Nullable NameTable<JsonNode> names;
  private boolean inner;

  /** The last row that this place was met in, to notice a name that comes twice. */
  private long metInRow = -1;

  static JsonNode root(List<JsonPath> paths, List<FieldDecoder> decoders) {
    JsonNode root = new JsonNode();
    for (int i = 0; i < decoders.size(); i++) {
      root.descend(paths.get(i)).add(decoders.get(i));
    }
    root.freeze();
    return root;
  }

  private JsonNode descend(JsonPath path) {
    JsonNode node = this;
    for (JsonPath.Step step : path.steps()) {
      if (step instanceof JsonPath.Name name) {
        node = node.members.computeIfAbsent(name.name(), n -> new JsonNode());
      } else if (step instanceof JsonPath.Index index) {
        node = node.elements.computeIfAbsent(index.index(), n -> new JsonNode());
      } else {
        throw new AssertionError(step);
      }
    }
    return node;
  }

  private void add(FieldDecoder decoder) {
    if (decoder.type() == Plain.JSON) {
      sources = append(sources, decoder);
    } else {
      values = append(values, decoder);
    }
  }

  private static FieldDecoder[] append(FieldDecoder[] decoders, FieldDecoder decoder) {
    FieldDecoder[] longer = Arrays.copyOf(decoders, decoders.length + 1);
    longer[decoders.length] = decoder;
    return longer;
  }

  private void freeze() {
    inner = !members.isEmpty() || !elements.isEmpty();
    if (!members.isEmpty()) {
      names = new NameTable<>(members);
    }
    children().forEach(JsonNode::freeze);
  }

  private List<JsonNode> children() {
    List<JsonNode> children = new ArrayList<>(members.values());
    children.addAll(elements.values());
    return children;
  }

  FieldDecoder[] values() {
    return values;
  }

  FieldDecoder[] sources() {
    return sources;
  }

  /** The members wanted, or null where none is. */
  @Nullable NameTable<JsonNode> names() {
    return names;
  }

  boolean hasElements() {
    return !elements.isEmpty();
  }

  @Nullable JsonNode element(int index) {
    return elements.get(index);
  }

  /** Whether a column wants something from inside of an object or array here. */
  boolean isInner() {
    return inner;
  }

  /** Notes that the place was met; true where it was met in this row before. */
  boolean meet(long row) {
    boolean again = metInRow == row;
    metInRow = row;
    return again;
  }

  /** Makes NULL what is below this place: its object came again, and the last one counts. */
  void clearBelow(PendingRow row) {
    for (JsonNode child : children()) {
      for (FieldDecoder decoder : child.values) {
        decoder.clear(row);
      }
      for (FieldDecoder decoder : child.sources) {
        decoder.clear(row);
      }
      child.clearBelow(row);
    }
  }
}
