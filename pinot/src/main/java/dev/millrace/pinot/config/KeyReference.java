package dev.millrace.pinot.config;

import dev.millrace.pinot.config.Key.Section;
import java.util.stream.Collectors;

/** The declared keys as text for people: the reference's tables. */
final class KeyReference {
  private KeyReference() {}

  /** The keys as Markdown, a table for each section. */
  static String markdown() {
    StringBuilder page = new StringBuilder();
    for (Section section : Section.values()) {
      page.append("## ").append(section.title).append("\n\n");
      page.append("| key | allowed; default | meaning |\n|---|---|---|\n");
      for (Key<?> key : Keys.ALL) {
        if (key.section() == section) {
          page.append(row(key));
        }
      }
      page.append('\n');
    }
    return page.toString();
  }

  private static String row(Key<?> key) {
    return "| %s%s | %s; %s | %s |\n"
        .formatted(
            key.names().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", ")),
            key.isSecret() ? " (secret)" : "",
            key.allowed(),
            key.byDefault().map(text -> "`" + text + "`").orElse("none"),
            key.meaning());
  }
}
