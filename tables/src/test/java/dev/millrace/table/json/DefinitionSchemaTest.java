package dev.millrace.table.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The schema for editors says what the reader does. */
class DefinitionSchemaTest {
  private static final Path ROOT = Path.of(System.getProperty("millrace.root", ".."));
  private static final Path FILE = ROOT.resolve("examples/definition.schema.json");
  private static final Pattern EXAMPLE = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(VersionFlag.V202012);
  private static final JsonSchema SCHEMA = FACTORY.getSchema(DefinitionSchema.write());

  static final List<WrongDefinition> WRONG = WrongDefinition.ALL;

  private static Set<ValidationMessage> faults(String json) {
    return SCHEMA.validate(json, InputFormat.JSON);
  }

  @Test
  void file_isTheDeclaration() throws IOException {
    assertThat(Files.readString(FILE))
        .as("%s is stale: put DefinitionSchema.write() into it", FILE)
        .isEqualTo(DefinitionSchema.write());
  }

  @Test
  void schema_isASchema() {
    JsonSchema dialect = FACTORY.getSchema(SchemaLocation.of(SchemaId.V202012));
    assertThat(dialect.validate(DefinitionSchema.write(), InputFormat.JSON)).isEmpty();
  }

  @Test
  void examplesAndOldFiles_areAccepted() throws IOException {
    for (Path directory :
        List.of(
            ROOT.resolve("examples/definitions"),
            ROOT.resolve("examples/demo"),
            Path.of("src/test/resources/definitions/old"))) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.json")) {
        for (Path file : files) {
          assertThat(faults(Files.readString(file))).as("%s", file).isEmpty();
        }
      }
    }
  }

  @Test
  void examplesOnThePage_areAccepted() throws IOException {
    Matcher example =
        EXAMPLE.matcher(Files.readString(ROOT.resolve("docs/reference/definitions.md")));
    while (example.find()) {
      assertThat(faults(example.group(1))).as(example.group(1)).isEmpty();
    }
  }

  @Test
  void everyDefinitionWritten_isAccepted() {
    long seed = System.nanoTime();
    RandomDefinitions definitions = new RandomDefinitions(seed);
    for (int i = 0; i < 300; i++) {
      String json = DefinitionWriter.write(definitions.next());
      assertThat(faults(json)).as("seed %d, round %d: %s", seed, i, json).isEmpty();
    }
  }

  @ParameterizedTest
  @FieldSource("WRONG")
  void wrongDefinition_isRefusedWhereTheSchemaCanTell(WrongDefinition wrong) {
    assertThat(faults(wrong.json()).isEmpty()).isEqualTo(wrong.onlyTheReaderKnows());
  }
}
