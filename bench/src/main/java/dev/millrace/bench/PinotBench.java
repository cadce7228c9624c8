package dev.millrace.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One shard consumed by our plugin for Pinot, by Pinot's own, and by a plain SDK loop, each a
 * process of its own on one core: what a message costs, how near to the shard's limit they come,
 * what waiting at the tip costs. {@code bench/run PinotBench} resolves what they need first.
 */
public final class PinotBench {
  private static final int ROUNDS = 3;
  private static final int FREE_RECORDS = 1_600_000;
  private static final int LIMITED_RECORDS = 70_000;
  private static final int IDLE_RECORDS = 30_000;

  /** Pinot's own plugin begins after the first number, which may be a record's. */
  private static final int MISSED = 1;

  private static final double LIMIT_BYTES = 2_000_000;
  private static final double RECORD_BYTES = SampleRecords.oneKilobyte(0).length;
  private static final Path PEERS = Path.of("bench/peers");
  private static final String OWN = System.getProperty("java.class.path");
  private static final List<String> HEAP =
      List.of("-XX:+UseG1GC", "-Xms1g", "-Xmx1g", "-Xmn512m", "-XX:+AlwaysPreTouch");

  private enum Contender {
    SDK("plain SDK loop", "SdkReader", OWN),
    STOCK("pinot-kinesis 0.11.0", "StockReader", stock()),
    OURS("Millrace plugin", "PluginReader", ours());

    private final String title;
    private final String main;
    private final String classPath;

    Contender(String title, String main, String classPath) {
      this.title = title;
      this.main = main;
      this.classPath = classPath;
    }

    private static String stock() {
      return joined(
          PEERS.resolve("pinot-kinesis/target/classes").toString(),
          PEERS.resolve("pinot-kinesis/target/lib/*").toString(),
          "bench/target/classes"); // The meter; it needs the JDK only.
    }

    private static String ours() {
      return joined(
          PEERS.resolve("pinot/target/classes").toString(),
          "pinot/target/classes",
          OWN,
          PEERS.resolve("pinot/target/lib/*").toString());
    }

    private static String joined(String... parts) {
      return String.join(File.pathSeparator, parts);
    }
  }

  private PinotBench() {}

  public static void main(String[] args) throws IOException {
    if (!Files.isDirectory(PEERS.resolve("pinot/target/classes"))) {
      throw new IllegalStateException(
          "Run it as bench/run PinotBench, which resolves the peers first.");
    }
    free();
    limited();
  }

  private static void free() throws IOException {
    Map<Contender, List<double[]>> figures = new EnumMap<>(Contender.class);
    try (SourceProcess source = SourceProcess.start(1, FREE_RECORDS)) {
      for (int round = 0; round < ROUNDS; round++) {
        for (Contender contender : Contender.values()) {
          double[] measured = run(contender, source, PinotMode.FREE, FREE_RECORDS);
          System.out.println(contender.title + ": " + Arrays.toString(measured));
          figures.computeIfAbsent(contender, c -> new ArrayList<>()).add(measured);
        }
      }
    }
    System.out.printf(
        "%-22s %14s %10s %10s %10s %12s%n",
        "without limits", "messages/CPU-s", "messages/s", "of the SDK", "ours is", "B/message");
    figures.forEach(
        (contender, measured) ->
            System.out.printf(
                "%-22s %,14.0f %,10.0f %10.2f %9.2fx %,12.0f%n",
                contender.title,
                median(measured, 0),
                FREE_RECORDS / 2 / median(measured, 2),
                ratio(measured, figures.getOrDefault(Contender.SDK, List.of())),
                ratio(figures.getOrDefault(Contender.OURS, List.of()), measured),
                median(measured, 1)));
  }

  private static void limited() throws IOException {
    System.out.printf(
        "%n%-22s %12s %14s %18s%n", "with limits", "MB/s", "of the limit", "CPU at the tip");
    try (SourceProcess source = SourceProcess.startLimited(1, LIMITED_RECORDS);
        SourceProcess few = SourceProcess.start(1, IDLE_RECORDS)) {
      for (Contender contender : List.of(Contender.STOCK, Contender.OURS)) {
        double seconds = run(contender, source, PinotMode.LIMITED, LIMITED_RECORDS)[2];
        double rate = (LIMITED_RECORDS - warmUp(PinotMode.LIMITED)) * RECORD_BYTES / seconds;
        double idle = run(contender, few, PinotMode.IDLE, IDLE_RECORDS)[0];
        System.out.printf(
            "%-22s %12.2f %13.0f%% %17.1f%%%n",
            contender.title, rate / 1e6, 100 * rate / LIMIT_BYTES, idle);
      }
    }
  }

  /** A reader is warm when half is read; the first answer of a limited one is free. */
  private static int warmUp(PinotMode mode) {
    return mode == PinotMode.FREE ? FREE_RECORDS / 2 : mode.mostRecords;
  }

  private static double median(List<double[]> measured, int figure) {
    return Median.of(measured.stream().map(figures -> figures[figure]).toList());
  }

  /** Round by round, for a machine's speed changes from one to the next; the median of these. */
  private static double ratio(List<double[]> above, List<double[]> below) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < above.size(); i++) {
      ratios.add(above.get(i)[0] / below.get(i)[0]);
    }
    return Median.of(ratios);
  }

  private static double[] run(Contender contender, SourceProcess source, PinotMode mode, int total)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("taskset", "-c", "0"));
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(HEAP);
    command.addAll(
        List.of(
            "-cp",
            contender.classPath,
            "dev.millrace.bench." + contender.main,
            source.endpoint().toString(),
            Integer.toString(warmUp(mode)),
            Integer.toString(total - MISSED),
            mode.name()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      List<String> lines = out.lines().toList();
      if (lines.isEmpty()) {
        throw new IOException(contender + " ended without figures");
      }
      // What comes before is the log of a peer.
      return Arrays.stream(lines.get(lines.size() - 1).trim().split(" ", -1))
          .mapToDouble(Double::parseDouble)
          .toArray();
    } finally {
      process.destroy();
    }
  }
}
