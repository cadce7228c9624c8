package dev.millrace.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code millrace query} with an empty store: a process for each query, start, download, writing
 * the store and answering all included.
 */
final class CommandContender implements EngineContender {
  private final URI endpoint;
  private final Path definitions;
  private final Path folder;

  CommandContender(URI endpoint, Path definitions, Path folder) {
    this.endpoint = endpoint;
    this.definitions = definitions;
    this.folder = folder;
  }

  @Override
  public String title() {
    return "millrace query";
  }

  @Override
  public Answer ask(EngineQuery query, String sql) throws IOException {
    Path store = folder.resolve("store");
    long start = System.nanoTime();
    Process process = start(store, sql);
    List<String> out;
    List<String> errors;
    try (var reader = process.inputReader(StandardCharsets.UTF_8);
        var errorReader = process.errorReader(StandardCharsets.UTF_8)) {
      out = reader.lines().toList();
      errors = errorReader.lines().toList();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    delete(store);
    if (out.isEmpty()) {
      throw new IOException("No output, but: " + errors);
    }
    return new Answer(seconds, cpuSeconds(errors), out.subList(1, out.size()));
  }

  /** The shell's account of its child is the last line of the errors. */
  private Process start(Path store, String sql) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            "bash",
            "-c",
            "TIMEFORMAT='%U %S'; time \"$@\"",
            "bash",
            "cli/target/millrace/bin/millrace",
            "query",
            "--read-limits",
            "none",
            "--output",
            "csv",
            "--definitions",
            definitions.toString(),
            "--store",
            store.toString(),
            sql);
    builder.environment().put("AWS_ENDPOINT_URL", endpoint.toString());
    builder.environment().put("AWS_REGION", "us-east-1");
    builder.environment().put("LC_ALL", "C");
    return builder.start();
  }

  private static double cpuSeconds(List<String> errors) throws IOException {
    String[] times = errors.get(errors.size() - 1).split(" ", 2);
    try {
      return Double.parseDouble(times[0]) + Double.parseDouble(times[1]);
    } catch (NumberFormatException e) {
      throw new IOException("No times, but: " + errors, e);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Override
  public void close() {}
}
