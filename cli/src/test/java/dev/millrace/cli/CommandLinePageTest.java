package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.output.Screen;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandLinePageTest {
  private static final Path ROOT = Path.of(System.getProperty("millrace.root", ".."));
  private static final Path PAGE = ROOT.resolve("docs/reference/command-line.md");

  @Test
  void page_saysWhatTheCommandTakes() throws IOException {
    Console console =
        new Console(
            InputStream.nullInputStream(),
            OutputStream.nullOutputStream(),
            new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
            Screen.NONE,
            Screen.NONE,
            Screen.NONE,
            Map.of(),
            Instant.EPOCH,
            ROOT,
            new StopSignal());
    String rendered = CommandLinePage.render(Cli.commandLine(console));
    if (Boolean.getBoolean("millrace.pages")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, rendered);
    }
    assertThat(PAGE)
        .as("mvn test -pl cli -am -Dtest=CommandLinePageTest -Dmillrace.pages=true writes it anew")
        .hasContent(rendered);
  }
}
