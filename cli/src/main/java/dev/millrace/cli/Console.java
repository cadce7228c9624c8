package dev.millrace.cli;

import dev.millrace.cli.output.Screen;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a command sees of its process.
 *
 * @param in what the user types
 * @param out takes data and nothing else
 * @param err takes all that is said about it
 * @param inScreen whether a person can be asked
 * @param outScreen whether a person looks at {@code out}
 * @param errScreen whether a person looks at {@code err}, so that a line can be drawn over
 * @param called when the user pressed Enter
 * @param home the directory that holds {@code examples}
 */
public record Console(
    InputStream in,
    OutputStream out,
    PrintStream err,
    Screen inScreen,
    Screen outScreen,
    Screen errScreen,
    Map<String, String> environment,
    Instant called,
    Path home,
    StopSignal stop) {

  /** The launcher knows what of these are terminals and says so in these properties. */
  private static final String IN_PROPERTY = "millrace.terminal.in";

  private static final String OUT_PROPERTY = "millrace.terminal.out";

  private static final String ERR_PROPERTY = "millrace.terminal.err";

  static Console ofProcess(StopSignal stop) {
    return new Console(
        System.in,
        new FileOutputStream(FileDescriptor.out),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        screen(IN_PROPERTY),
        screen(OUT_PROPERTY),
        screen(ERR_PROPERTY),
        System.getenv(),
        timeOfCall(),
        Path.of(System.getProperty("millrace.home", "")),
        stop);
  }

  /**
   * The launcher looked at the clock before anything else. The system's own account of a process's
   * start counts from a boot time that is kept in whole seconds, so it can be a second off.
   */
  private static Instant timeOfCall() {
    return Optional.ofNullable(Long.getLong("millrace.called"))
        .map(Instant::ofEpochMilli)
        .orElseGet(Instant::now);
  }

  private static Screen screen(String property) {
    return Boolean.getBoolean(property) ? Screen.TERMINAL : Screen.NONE;
  }

  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  void say(String line) {
    err.println(line);
  }

  /** The environment can hold secrets. */
  @Override
  public String toString() {
    return "Console[out=" + outScreen + ", err=" + errScreen + "]";
  }
}
