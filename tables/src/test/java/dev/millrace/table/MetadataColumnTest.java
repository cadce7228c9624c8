package dev.millrace.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MetadataColumnTest {

  @Test
  void tableOnThePage_isTheDeclaration() throws IOException {
    Path page =
        Path.of(System.getProperty("millrace.root", "."), "docs", "reference", "definitions.md");
    assertThat(Files.readString(page)).contains(MetadataColumn.markdown());
  }
}
