package dev.millrace.connector.option;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.table.Definitions;
import dev.millrace.table.json.JsonCatalog;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The sample catalog file and the reference page say what the code does. */
class CatalogReferenceTest {
  private static final Path ROOT = Path.of(System.getProperty("millrace.root", ".."));
  private static final Path SAMPLE =
      ROOT.resolve("connector/src/main/bundle/etc/catalog/kinesis.properties");

  /** Without what is another object each time. */
  private static String shown(CatalogOptions options) {
    return options.toString().replaceAll("metrics=[^]]*", "");
  }

  private static Map<String, String> load(String text) throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(text));
    Map<String, String> map = new HashMap<>();
    properties.forEach((key, value) -> map.put(key.toString(), value.toString()));
    map.remove("connector.name");
    return map;
  }

  @Test
  void sample_isTheDeclaration() throws IOException {
    assertThat(Files.readString(SAMPLE))
        .as("kinesis.properties is stale: write CatalogReference.sample() there")
        .isEqualTo(CatalogReference.sample());
  }

  @Test
  void sampleAsItIs_isACatalogOfDefaults() throws IOException {
    Map<String, String> config = load(Files.readString(SAMPLE));
    assertThat(config).isEmpty();
    assertThat(CatalogOptions.parse(config, Map.of()).warnings()).isEmpty();
  }

  @Test
  void sampleWithEveryPropertyTakenIn_hasTheRealKeysWithTheRealDefaults() throws IOException {
    String text = Files.readString(SAMPLE).replaceAll("(?m)^#(kinesis\\.)", "$1");
    Map<String, String> config = load(text);
    assertThat(config.keySet()).containsExactlyInAnyOrderElementsOf(CatalogProperties.keys());
    CatalogOptions written = CatalogOptions.parse(config, Map.of());
    CatalogOptions left = CatalogOptions.parse(Map.of(), Map.of());
    assertThat(written.warnings()).isEmpty();
    assertThat(shown(written)).isEqualTo(shown(left));
    assertThat(written.sessionDefaults()).isEqualTo(left.sessionDefaults());
    assertThat(written.checkpoints()).isEqualTo(left.checkpoints());
    assertThat(written.aws()).isEqualTo(left.aws());
  }

  @Test
  void everyProperty_hasACommentOverIt() throws IOException {
    List<String> lines = Files.readAllLines(SAMPLE);
    for (String key : CatalogProperties.keys()) {
      int line = -1;
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).startsWith("#" + key + "=")) {
          line = i;
        }
      }
      assertThat(line).as(key).isPositive();
      assertThat(lines.get(line - 1)).as(key).startsWith("# ");
    }
  }

  @Test
  void sampleDefinitions_loadWithoutAProblem() {
    Path directory = ROOT.resolve("connector/src/main/bundle/etc/kinesis");
    Definitions definitions = JsonCatalog.ofDirectory(directory).load();
    assertThat(definitions.problems()).isEmpty();
    assertThat(definitions.tables()).isNotEmpty();
  }

  @Test
  void page_isTheDeclaration() throws IOException {
    assertThat(Files.readString(ROOT.resolve("docs/reference/catalog-properties.md")))
        .as("catalog-properties.md is stale: put CatalogReference.markdown() into it")
        .contains(CatalogReference.markdown());
  }

  @Test
  void migrationPages_nameEveryOldName() throws IOException {
    String presto = Files.readString(ROOT.resolve("docs/guides/migrate-from-presto-kinesis.md"));
    String trino = Files.readString(ROOT.resolve("docs/guides/migrate-from-trino-469.md"));
    for (OldProperty old : OldProperty.ALL) {
      if (!old.ancestors().equals("Trino")) {
        assertThat(presto).contains("`" + old.key() + "`");
      }
      if (!old.ancestors().equals("presto-kinesis")) {
        assertThat(trino).contains("`" + old.key() + "`");
      }
    }
    for (String old : CatalogOptionsTest.PRESTO_KINESIS.keySet()) {
      assertThat(presto).contains("`" + old + "`");
    }
    for (String old : CatalogOptionsTest.TRINO.keySet()) {
      assertThat(trino).contains("`" + old + "`");
    }
    for (SessionProperty property : SessionOptions.PROPERTIES) {
      if (property.visibility() == SessionProperty.Visibility.HIDDEN) {
        assertThat(presto + trino).contains("`" + property.name() + "`");
      }
    }
  }

  @Test
  void keysAndSessionNames_areDeclaredOnce() {
    assertThat(CatalogProperties.keys()).doesNotHaveDuplicates();
    Set<String> names = new LinkedHashSet<>();
    for (SessionProperty property : SessionOptions.PROPERTIES) {
      assertThat(names.add(property.name())).as(property.name()).isTrue();
    }
    for (OldProperty old : OldProperty.ALL) {
      assertThat(CatalogProperties.keys()).doesNotContain(old.key());
    }
  }

  @Test
  void everyDefault_isAValueOfItsKind() {
    for (Property<?> property : CatalogProperties.ALL) {
      property
          .byDefault()
          .ifPresent(
              text ->
                  assertThat(property.kind().reader().apply(text)).as(property.key()).isNotNull());
    }
  }
}
