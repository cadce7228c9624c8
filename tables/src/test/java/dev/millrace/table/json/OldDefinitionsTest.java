package dev.millrace.table.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.decode.RecordedRows;
import dev.millrace.decode.RowDecoder;
import dev.millrace.decode.RowDecoders;
import dev.millrace.decode.TestRecords;
import dev.millrace.table.Definitions;
import dev.millrace.table.TableDefinition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The corpus of old definitions: each loads without a word and makes the rows beside it. */
class OldDefinitionsTest {
  private static final Path CORPUS = Path.of("src/test/resources/old-definitions");

  private final Definitions definitions = JsonCatalog.ofDirectory(CORPUS).load();

  @Test
  void everyDefinition_loadsWithoutAProblem() {
    assertThat(definitions.problems()).isEmpty();
    assertThat(definitions.tables()).hasSize(15);
  }

  @Test
  void everyRecord_makesItsRow() throws IOException {
    for (TableDefinition table : definitions.tables()) {
      Path cases = CORPUS.resolve(table.name().table().replace('_', '-') + ".txt");
      String expected =
          Files.readAllLines(cases).stream()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .collect(Collectors.joining("\n"));
      StringBuilder actual = new StringBuilder();
      for (String line : expected.lines().filter(line -> line.startsWith(">")).toList()) {
        actual.append(line).append('\n').append(rows(table, line));
      }
      assertThat(actual.toString().strip()).as(cases.toString()).isEqualTo(expected);
    }
  }

  private static String rows(TableDefinition table, String line) throws IOException {
    RecordedRows rows = RecordedRows.of(table.columns());
    RowDecoder decoder = RowDecoders.compile(table, table.columns());
    decoder.decode(TestRecords.record(bytes(line)), rows);
    StringBuilder text = new StringBuilder();
    for (RecordedRows.Row row : rows.rows()) {
      text.append(("= " + values(row.values())).strip()).append('\n');
      if (row.error() != null) {
        text.append("! ").append(row.error()).append('\n');
      }
    }
    return text.toString();
  }

  private static String values(List<@Nullable Object> values) {
    return values.stream()
        .map(value -> String.valueOf(value).replace("\0", "\\u0000").replace("\1", "\\u0001"))
        .collect(Collectors.joining(" | "));
  }

  private static byte[] bytes(String line) throws IOException {
    String text = line.substring(line.indexOf(' ') + 1);
    if (line.startsWith(">hex")) {
      return HexFormat.of().parseHex(text);
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (!line.startsWith(">gzip")) {
      return bytes;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }
}
