package dev.millrace.decode.envelope;

import dev.millrace.decode.json.JsonScanner;
import dev.millrace.decode.json.StringUnescaper;
import dev.millrace.table.mapping.JsonPath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds where the values of some paths stand, in one walk. Of a name that comes twice in an object
 * the last one counts.
 */
final class JsonPlaces {
  private final StringUnescaper unescaper = new StringUnescaper();
  private final Node root = new Node(new JsonPath.Index(0));
  private final Range[] found;

  /** A step, what is wanted below it, and the numbers of the paths that end there. */
  private static final class Node {
    private final JsonPath.Step step;
    private final byte[] name;
    private final List<Node> below = new ArrayList<>();
    private final List<Integer> places = new ArrayList<>();

    Node(JsonPath.Step step) {
      this.step = step;
      this.name =
          step instanceof JsonPath.Name named
              ? named.name().getBytes(StandardCharsets.UTF_8)
              : new byte[0];
    }

    Node child(JsonPath.Step next) {
      for (Node child : below) {
        if (child.step.equals(next)) {
          return child;
        }
      }
      Node child = new Node(next);
      below.add(child);
      return child;
    }
  }

  JsonPlaces(List<JsonPath> paths) {
    found = new Range[paths.size()];
    for (int i = 0; i < found.length; i++) {
      Node node = root;
      for (JsonPath.Step step : paths.get(i).steps()) {
        node = node.child(step);
      }
      node.places.add(i);
    }
  }

  /** Passes over the value that the scanner is at. */
  void find(JsonScanner scanner) {
    value(root, scanner);
  }

  /** Where the value of a path stands; none where the path leads nowhere. */
  Range place(int path) {
    return found[path];
  }

  private void value(Node node, JsonScanner scanner) {
    forget(node);
    byte first = scanner.peek();
    int start = scanner.position();
    if (first == '{' && !node.below.isEmpty()) {
      object(node, scanner);
    } else if (first == '[' && !node.below.isEmpty()) {
      array(node, scanner);
    } else {
      scanner.skipValue();
    }
    if (!node.places.isEmpty()) {
      Range range = new Range(start, scanner.position());
      node.places.forEach(place -> found[place] = range);
    }
  }

  private void forget(Node node) {
    node.places.forEach(place -> found[place] = Range.NONE);
    node.below.forEach(this::forget);
  }

  private void object(Node node, JsonScanner scanner) {
    for (boolean more = scanner.enterObject(); more; more = scanner.nextMember()) {
      scanner.name();
      Node member = member(node, scanner);
      if (member == null) {
        scanner.skipValue();
      } else {
        value(member, scanner);
      }
    }
  }

  private @Nullable Node member(Node node, JsonScanner scanner) {
    byte[] bytes = scanner.buffer();
    int start = scanner.tokenStart();
    int end = scanner.tokenEnd();
    if (scanner.tokenEscaped()) {
      if (!unescaper.unescape(bytes, start, end)) {
        return null;
      }
      bytes = unescaper.bytes();
      start = 0;
      end = unescaper.length();
    }
    for (Node child : node.below) {
      if (child.step instanceof JsonPath.Name
          && Arrays.equals(bytes, start, end, child.name, 0, child.name.length)) {
        return child;
      }
    }
    return null;
  }

  private void array(Node node, JsonScanner scanner) {
    int index = 0;
    for (boolean more = scanner.enterArray(); more; more = scanner.nextElement()) {
      Node element = element(node, index++);
      if (element == null) {
        scanner.skipValue();
      } else {
        value(element, scanner);
      }
    }
  }

  private static @Nullable Node element(Node node, int index) {
    for (Node child : node.below) {
      if (child.step instanceof JsonPath.Index step && step.index() == index) {
        return child;
      }
    }
    return null;
  }
}
