package dev.millrace.cli;

import dev.millrace.cli.output.Screen;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs commands in this JVM, as a shell would. */
final class RunningCli {
  private final Map<String, String> environment = new HashMap<>();
  private final StopSignal stop = new StopSignal();
  private Screen screen = Screen.NONE;

  /** What came of a command. */
  record Result(int exitCode, String out, String err) {
    List<String> errLines() {
      return err.lines().toList();
    }
  }

  RunningCli() {
    // No configuration of the machine's own user takes part.
    environment.put("AWS_REGION", "us-east-1");
    environment.put("AWS_CONFIG_FILE", "/nonexistent");
    environment.put("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent");
  }

  RunningCli with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  RunningCli onATerminal() {
    screen = Screen.TERMINAL;
    return this;
  }

  StopSignal stop() {
    return stop;
  }

  Result run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = run(out, err, args);
    return new Result(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  int run(OutputStream out, OutputStream err, String... args) {
    Console console =
        new Console(
            InputStream.nullInputStream(),
            out,
            new PrintStream(err, true, StandardCharsets.UTF_8),
            screen,
            screen,
            screen,
            Map.copyOf(environment),
            Instant.now(),
            Path.of(System.getProperty("millrace.root", "..")),
            stop);
    return Cli.run(args, console);
  }
}
