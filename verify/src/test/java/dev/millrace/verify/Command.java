package dev.millrace.verify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command run as a user runs it: a process, from the root of the checkout. */
final class Command {
  /** What came of it. */
  record Result(int exitCode, String out, String err) {
    List<String> outLines() {
      return out.lines().toList();
    }
  }

  private final List<String> words;
  private final Map<String, String> environment = new HashMap<>();
  private Path directory = Repository.root();

  private Command(List<String> words) {
    this.words = words;
  }

  /** What is done once, on the first start after a build, was done before any test looks. */
  static void prepare() {
    new Command(List.of(Repository.file("millrace").toString(), "--version")).run();
  }

  static Command millrace(String... arguments) {
    List<String> words = new ArrayList<>();
    words.add(Repository.file("millrace").toString());
    words.addAll(List.of(arguments));
    return new Command(words);
  }

  /** Any command. */
  static Command of(String... words) {
    return new Command(List.of(words));
  }

  /** A line as typed into a shell. */
  static Command shell(String line) {
    return new Command(List.of("bash", "-c", line));
  }

  Command with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Command in(Path folder) {
    directory = folder;
    return this;
  }

  /** Starts it; the caller ends it. Its errors go to a file. */
  Process start(Path errors) {
    // A build in the background of a shell ignores Ctrl-C, and so would its children.
    List<String> hearing = new ArrayList<>(List.of("env", "--default-signal=INT"));
    hearing.addAll(words);
    ProcessBuilder builder =
        new ProcessBuilder(hearing).directory(directory.toFile()).redirectError(errors.toFile());
    clean(builder.environment());
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** No configuration of the machine's own user takes part. */
  private static void clean(Map<String, String> variables) {
    variables.keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("MILLRACE_"));
    variables.put("AWS_EC2_METADATA_DISABLED", "true");
  }

  /** What the terminal sends. */
  static void pressCtrlC(Process process) {
    Result sent = shell("kill -INT " + process.pid()).run();
    if (sent.exitCode() != 0) {
      throw new AssertionError(sent.err());
    }
  }

  Result run() {
    Path errors = temporaryFile();
    Process process = start(errors);
    try {
      process.getOutputStream().close();
      String out =
          new String(
              process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      if (!process.waitFor(5, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError("Still running after five minutes: " + words);
      }
      return new Result(process.exitValue(), out, Files.readString(errors));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static Path temporaryFile() {
    try {
      return Files.createTempFile("millrace-verify", ".err");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
