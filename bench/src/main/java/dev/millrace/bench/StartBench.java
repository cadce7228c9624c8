package dev.millrace.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The first row of {@code millrace query} over a small stream, against a JVM that does nothing but
 * start and load DuckDB; whole processes in turns, wall time to the first line printed.
 */
public final class StartBench {
  private static final int ROUNDS = 11;
  private static final String DEFINITION =
      """
      {"tableName": "bench", "schemaName": "default", "streamName": "bench",
       "message": {"dataFormat": "json", "fields": [
         {"name": "id", "type": "BIGINT", "mapping": "id"},
         {"name": "customer", "type": "VARCHAR", "mapping": "customer"}]}}
      """;

  private StartBench() {}

  public static void main(String[] args) throws IOException {
    Path work = Files.createTempDirectory("millrace-start");
    Files.writeString(work.resolve("bench.json"), DEFINITION);
    try (SourceProcess source = SourceProcess.start(2, 500)) {
      List<Long> floor = new ArrayList<>();
      List<Long> all = new ArrayList<>();
      List<Long> one = new ArrayList<>();
      query(source, work, "warm-up", "SELECT count(*) AS n FROM bench");
      for (int round = 0; round < ROUNDS; round++) {
        floor.add(duckDb(work));
        all.add(query(source, work, "all" + round, "SELECT count(*) AS n, max(id) FROM bench"));
        one.add(query(source, work, "one" + round, "SELECT id, customer FROM bench LIMIT 1"));
      }
      System.out.printf("JVM start + DuckDB load           %5d ms%n", median(floor));
      print("aggregate over the whole stream", median(all), median(floor));
      print("SELECT … LIMIT 1", median(one), median(floor));
    }
  }

  private static void print(String name, long millis, long floor) {
    System.out.printf(
        "first row, %-32s %5d ms, %+d ms (median of %d)%n", name, millis, millis - floor, ROUNDS);
  }

  private static long median(List<Long> values) {
    List<Long> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }

  private static long duckDb(Path work) throws IOException {
    return firstLine(
        List.of(
            ProcessHandle.current().info().command().orElse("java"),
            "-Djava.io.tmpdir=" + work,
            "-cp",
            System.getProperty("java.class.path"),
            DuckDbStart.class.getName()),
        Map.of());
  }

  /** A store of its own for each run: every query reads the stream. */
  private static long query(SourceProcess source, Path work, String store, String sql)
      throws IOException {
    return firstLine(
        List.of(
            "cli/target/millrace/bin/millrace",
            "query",
            "--definitions",
            work.toString(),
            "--store",
            work.resolve(store).toString(),
            "--output",
            "csv",
            sql),
        Map.of("AWS_ENDPOINT_URL", source.endpoint().toString(), "AWS_REGION", "us-east-1"));
  }

  /** Milliseconds until the first line of output that holds data. */
  private static long firstLine(List<String> command, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(environment);
    long start = System.nanoTime();
    Process process = builder.start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      if (out.readLine() == null) {
        throw new IOException("No output from " + command);
      }
      return (System.nanoTime() - start) / 1_000_000;
    } finally {
      process.destroy();
    }
  }
}
