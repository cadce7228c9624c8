package dev.millrace.table.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.table.Definitions;
import dev.millrace.table.json.DefinitionKey.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages on definitions say what the code does. */
class DefinitionsPageTest {
  private static final Path REFERENCE =
      Path.of(System.getProperty("millrace.root", ".."), "docs", "reference");
  private static final Pattern EXAMPLE = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);

  @TempDir Path directory;

  @Test
  void tableOfKeys_isTheDeclaration() throws IOException {
    String page = Files.readString(REFERENCE.resolve("definitions.md"));
    assertThat(page)
        .as("docs/reference/definitions.md is stale: put DefinitionKey.markdown() into it")
        .contains(DefinitionKey.markdown());
  }

  @Test
  void examples_loadWithoutAProblem() throws IOException {
    Matcher example = EXAMPLE.matcher(Files.readString(REFERENCE.resolve("definitions.md")));
    int count = 0;
    while (example.find()) {
      Files.writeString(directory.resolve(count++ + ".json"), example.group(1));
    }
    assertThat(count).isPositive();
    Definitions definitions = JsonCatalog.ofDirectory(directory).load();
    assertThat(definitions.problems()).isEmpty();
    assertThat(definitions.tables()).hasSize(count);
  }

  @Test
  void everyTypeAndAlias_isOnItsPage() throws IOException {
    String page = Files.readString(REFERENCE.resolve("types.md"));
    for (String type : ColumnTypeParser.ALLOWED) {
      assertThat(page).contains("`" + type + "`");
    }
    for (String alias : ColumnTypeParser.ALIASES.keySet()) {
      assertThat(page).contains("`" + alias + "`");
    }
  }

  @Test
  void everyLevel_hasKeys() {
    for (Level level : Level.values()) {
      assertThat(DefinitionKey.names(level)).isNotEmpty().doesNotHaveDuplicates();
    }
  }
}
