package dev.millrace.table.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * Prints JSON as people write it: what fits stands on one line, but a list of objects has a line
 * for each.
 */
final class DefinitionPrinter {
  private static final int LINE = 120;
  private static final String INDENT = "  ";

  /** Prints a part of an object or a list, with so many characters before it on its line. */
  private interface PartPrinter {
    String print(JsonNode part, int before);
  }

  private DefinitionPrinter() {}

  /** The whole is broken into lines, however short it is. */
  static String print(JsonNode root) {
    return broken(root, "") + "\n";
  }

  private static String value(JsonNode node, String indent, int before) {
    String line = line(node);
    boolean fits = indent.length() + before + line.length() < LINE && !hasObjects(node);
    return fits || !node.isContainerNode() || node.isEmpty() ? line : broken(node, indent);
  }

  /** Whether it is a list of objects or holds one; those are read line by line. */
  private static boolean hasObjects(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), /* parallel= */ false)
        .anyMatch(part -> (node.isArray() && part.isObject()) || hasObjects(part));
  }

  private static String line(JsonNode node) {
    return node.isContainerNode()
        ? enclosed(node, parts(node, (part, before) -> line(part)), "", ", ", "")
        : node.toString();
  }

  private static String broken(JsonNode node, String indent) {
    String inner = indent + INDENT;
    return enclosed(
        node,
        parts(node, (part, before) -> value(part, inner, before)),
        "\n" + inner,
        ",\n" + inner,
        "\n" + indent);
  }

  /** The members of an object or the elements of a list. */
  private static List<String> parts(JsonNode node, PartPrinter printer) {
    List<String> parts = new ArrayList<>();
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      String key = TextNode.valueOf(member.getKey()) + ": ";
      parts.add(key + printer.print(member.getValue(), key.length()));
    }
    for (JsonNode element : node.isArray() ? node : List.<JsonNode>of()) {
      parts.add(printer.print(element, 0));
    }
    return parts;
  }

  private static String enclosed(
      JsonNode node, List<String> parts, String first, String between, String last) {
    String content = first + String.join(between, parts) + last;
    return node.isObject() ? "{" + content + "}" : "[" + content + "]";
  }
}
