package dev.millrace.connector.option;

import dev.millrace.connector.option.OldProperty.Fate;
import dev.millrace.connector.option.Property.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The declared properties as text for people: the sample catalog file and the reference's tables.
 */
final class CatalogReference {
  private static final int WIDTH = 98;

  private CatalogReference() {}

  /** The catalog file of the bundles: every property, commented out, with its default. */
  static String sample() {
    StringBuilder file =
        new StringBuilder(
            """
# Amazon Kinesis streams as tables. The name of this file is the catalog's name: keep it as
# etc/catalog/kinesis.properties on every node. Each property is here with its default; take
# away the # before one to change it. One without a value has no default.
connector.name=kinesis
""");
    for (Section section : Section.values()) {
      file.append("\n# ---- ").append(section.title).append(" ----\n");
      for (Property<?> property : of(section)) {
        file.append('\n')
            .append(comment(property))
            .append('#')
            .append(property.key())
            .append('=')
            .append(property.byDefault().orElse(""))
            .append('\n');
      }
    }
    return file.toString();
  }

  private static String comment(Property<?> property) {
    String text =
        property.meaning()
            + " Allowed: "
            + property.kind().allowed()
            + "."
            + property.session().map(name -> " A session can set it: " + name + ".").orElse("");
    return wrapped(text).stream().map(line -> "# " + line + "\n").collect(Collectors.joining());
  }

  private static List<String> wrapped(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  /** The properties as Markdown, a table for each section. */
  static String markdown() {
    StringBuilder page = new StringBuilder();
    for (Section section : Section.values()) {
      page.append("## ").append(section.title).append("\n\n");
      page.append("| property; in a session | allowed; default | meaning |\n|---|---|---|\n");
      for (Property<?> property : of(section)) {
        page.append(
            "| `%s`%s%s | %s; %s | %s |\n"
                .formatted(
                    property.key(),
                    property.session().map(name -> "; `" + name + "`").orElse(""),
                    property.isSecret() ? " (secret)" : "",
                    cell(property.kind().allowed()),
                    property.byDefault().map(text -> "`" + text + "`").orElse("none"),
                    cell(property.meaning())));
      }
      page.append('\n');
    }
    return page.append(old()).toString();
  }

  private static String old() {
    StringBuilder table =
        new StringBuilder("## Old names\n\n| property | whose | now |\n|---|---|---|\n");
    for (OldProperty old : OldProperty.ALL) {
      table.append(
          "| `%s` | %s | %s |\n".formatted(old.key(), old.ancestors(), cell(now(old.fate()))));
    }
    return table.toString();
  }

  private static String now(Fate fate) {
    if (fate instanceof Fate.Renamed renamed) {
      return "`" + renamed.successor().key() + "`: " + renamed.how();
    } else if (fate instanceof Fate.Dead dead) {
      return "does nothing: " + dead.reason();
    }
    throw new IllegalStateException("No other fate is declared");
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("*", "\\*").replace("<", "&lt;");
  }

  private static List<Property<?>> of(Section section) {
    return CatalogProperties.ALL.stream()
        .filter(property -> property.section() == section)
        .toList();
  }
}
