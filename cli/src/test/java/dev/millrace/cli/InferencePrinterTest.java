package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.InferencePrinter.Examples;
import dev.millrace.cli.output.Screen;
import dev.millrace.infer.Conflict;
import dev.millrace.infer.InferenceReport;
import dev.millrace.stream.SequenceNumber;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InferencePrinterTest {

  @Test
  void controlCharacters_areEscapedEverywhere() throws IOException {
    String evil = "a\u001b[2Jb\rc";
    Conflict conflict = new Conflict(evil, evil, evil, evil, new SequenceNumber("1"));
    InferenceReport report =
        new InferenceReport(evil, 1, 1, 1, List.of(), List.of(conflict), List.of(evil));
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            InputStream.nullInputStream(),
            OutputStream.nullOutputStream(),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Screen.NONE,
            Screen.NONE,
            Screen.NONE,
            Map.of(),
            Instant.EPOCH,
            Path.of(""),
            new StopSignal());

    new InferencePrinter(console, Examples.SHOWN).print(report);

    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("note: a\\u001b[2Jb\\rc")
        .doesNotContain("\u001b", "\r");
  }
}
