package dev.millrace.table.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.table.Definitions;
import dev.millrace.table.json.DefinitionKey.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
  void everyType_hasALineForValuesAndOneForTheEngines() throws IOException {
    String page = Files.readString(REFERENCE.resolve("types.md")).split("## Numbers", -1)[0];
    List<List<String>> lines =
        page.lines()
            .filter(line -> line.startsWith("| `"))
            .map(line -> List.of(line.split("\\|", -1)))
            .toList();
    for (String type : ColumnTypeParser.ALLOWED) {
      List<List<String>> ofType =
          lines.stream().filter(line -> line.get(1).equals(" `" + type + "` ")).toList();
      assertThat(ofType).as(type).hasSize(2);
      assertThat(ofType.get(0)).as(type).hasSize(5);
      // DuckDB, Trino, Presto and Pinot, between two ends that are empty.
      assertThat(ofType.get(1)).as(type).hasSize(7);
      assertThat(ofType.get(1).subList(2, 6)).as(type).allMatch(cell -> !cell.isBlank());
    }
  }

  @Test
  void everyLevel_hasKeys() {
    for (Level level : Level.values()) {
      assertThat(DefinitionKey.names(level)).isNotEmpty().doesNotHaveDuplicates();
    }
  }
}
