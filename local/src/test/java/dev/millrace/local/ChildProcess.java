package dev.millrace.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A main class of the tests in a process of its own, which ends with the test. */
public final class ChildProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;

  private ChildProcess(Process process) {
    this.process = process;
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  public static ChildProcess start(Class<?> main, List<String> flags, String... arguments)
      throws IOException {
    return start(command(main, flags, arguments));
  }

  /** The command that runs a class on the tests' own class path. */
  public static List<String> command(Class<?> main, List<String> flags, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  public static ChildProcess start(List<String> command) throws IOException {
    return new ChildProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  public long pid() {
    return process.pid();
  }

  /** The next line it prints; empty where it printed its last. */
  public Optional<String> line() throws IOException {
    return Optional.ofNullable(out.readLine());
  }

  /** Kills it after a while, if it is still there; what it printed can still be read. */
  public void killAfter(long millis) throws InterruptedException {
    if (!process.waitFor(millis, TimeUnit.MILLISECONDS)) {
      process.toHandle().destroyForcibly();
    }
  }

  public void awaitEnd() throws InterruptedException {
    process.waitFor();
  }

  @Override
  public void close() throws IOException {
    process.toHandle().destroyForcibly();
    out.close();
  }
}
