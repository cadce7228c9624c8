package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.output.Screen;
import dev.millrace.read.Pacing;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class RootCommandTest {
  private static Pacing pacing(String... arguments) {
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
            Path.of(""),
            new StopSignal());
    CommandLine line = Cli.commandLine(console);
    line.parseArgs(arguments);
    return line.<RootCommand>getCommand().pacing();
  }

  @Test
  void readLimits_areTheServicesUnlessAskedOtherwise() {
    assertThat(pacing("streams")).isEqualTo(Pacing.ofService());
    assertThat(pacing("streams", "--read-limits", "service")).isEqualTo(Pacing.ofService());
  }

  @Test
  void readLimitsNone_countsBeforeAndAfterTheCommand() {
    assertThat(pacing("streams", "--read-limits", "none")).isEqualTo(Pacing.unlimited());
    assertThat(pacing("--read-limits", "none", "streams")).isEqualTo(Pacing.unlimited());
  }
}
