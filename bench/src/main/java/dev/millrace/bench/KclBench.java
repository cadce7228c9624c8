package dev.millrace.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Our reader, a plain SDK loop and KCL on the same stream: CPU time of each reader's own process,
 * contenders in turns. {@code bench/run KclBench} resolves what KCL needs first.
 */
public final class KclBench {
  private static final int ROUNDS = 3;
  private static final int SHARDS = 4;
  private static final int RECORDS = 2_000_000;

  /** A reader is warm, and KCL holds its leases, when half of the stream is read. */
  private static final int WARM_UP = RECORDS / 2;

  /**
   * Threads of one reader that run at the same time slow each other down, which costs CPU time that
   * the loop, having one thread, would not pay.
   */
  private static final List<String> ONE_CORE = List.of("taskset", "-c", "0");

  /**
   * A reader of four shards holds four answers of 10 MB at a time. With a young generation that the
   * collector has yet to find the size of, copying these costs more than reading does.
   */
  private static final List<String> HEAP =
      List.of("-XX:+UseG1GC", "-Xms2g", "-Xmx2g", "-Xmn1g", "-XX:+AlwaysPreTouch");

  private static final Path PEERS = Path.of("bench/peers");
  private static final String OWN = System.getProperty("java.class.path");
  private static final String KCL =
      String.join(
          System.getProperty("path.separator"),
          PEERS.resolve("kcl/target/classes").toString(),
          PEERS.resolve("kcl/target/lib/*").toString(),
          // The meter; it needs the JDK only.
          "bench/target/classes");

  private enum Contender {
    SDK("plain SDK loop", "SdkReader", OWN),
    OURS("Millrace reader", "OurReader", OWN),
    KCL_AS_IS("KCL as it comes", "KclReader", KCL),
    KCL_FAST("KCL made fast", "KclReader", KCL);

    private final String title;
    private final String main;
    private final String classPath;

    Contender(String title, String main, String classPath) {
      this.title = title;
      this.main = main;
      this.classPath = classPath;
    }
  }

  /** As {@link ReadingMeter#figures}; the last is ours only, and NaN elsewhere. */
  private record Figures(
      double recordsPerCpuSecond,
      double bytesPerRecord,
      double wallSeconds,
      double firstRecordSeconds,
      double warmFirstRecordSeconds) {

    static Figures parse(String line) {
      List<Double> numbers =
          Pattern.compile(" ").splitAsStream(line.trim()).map(Double::valueOf).toList();
      return new Figures(
          numbers.get(0),
          numbers.get(1),
          numbers.get(2),
          numbers.get(3),
          numbers.size() > 4 ? numbers.get(4) : Double.NaN);
    }
  }

  private KclBench() {}

  public static void main(String[] args) throws Exception {
    if (!Files.isDirectory(PEERS.resolve("kcl/target/classes"))) {
      throw new IllegalStateException("Run it as bench/run KclBench, which resolves KCL first.");
    }
    int dynamoDbPort = freePort();
    Process dynamoDb = startDynamoDb(dynamoDbPort);
    try (SourceProcess source = SourceProcess.start(SHARDS, RECORDS / SHARDS)) {
      awaitPort(dynamoDb, dynamoDbPort);
      Map<Contender, List<Figures>> figures = new EnumMap<>(Contender.class);
      for (int round = 0; round < ROUNDS; round++) {
        for (Contender contender : Contender.values()) {
          Figures measured = run(contender, source, dynamoDbPort);
          System.out.println(contender.title + ": " + measured);
          figures.computeIfAbsent(contender, c -> new ArrayList<>()).add(measured);
        }
      }
      print(figures);
    } finally {
      dynamoDb.destroy();
      dynamoDb.waitFor(10, TimeUnit.SECONDS);
    }
  }

  private static void print(Map<Contender, List<Figures>> figures) {
    System.out.printf(
        "%-16s %13s %10s %10s %9s %8s %10s %10s%n",
        "medians",
        "records/CPU-s",
        "of the SDK",
        "ours is",
        "B/record",
        "wall s",
        "first s",
        "again s");
    figures.forEach(
        (contender, measured) ->
            System.out.printf(
                "%-16s %,13.0f %10.2f %9.2fx %,9.0f %8.1f %10.2f %10.3f%n",
                contender.title,
                Median.of(measured.stream().map(Figures::recordsPerCpuSecond).toList()),
                ratio(measured, figures.getOrDefault(Contender.SDK, List.of())),
                ratio(figures.getOrDefault(Contender.OURS, List.of()), measured),
                Median.of(measured.stream().map(Figures::bytesPerRecord).toList()),
                Median.of(measured.stream().map(Figures::wallSeconds).toList()),
                Median.of(measured.stream().map(Figures::firstRecordSeconds).toList()),
                Median.of(measured.stream().map(Figures::warmFirstRecordSeconds).toList())));
  }

  /** Round by round, for a machine's speed changes from one to the next; the median of these. */
  private static double ratio(List<Figures> above, List<Figures> below) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < above.size(); i++) {
      ratios.add(above.get(i).recordsPerCpuSecond() / below.get(i).recordsPerCpuSecond());
    }
    return Median.of(ratios);
  }

  private static Figures run(Contender contender, SourceProcess source, int dynamoDbPort)
      throws IOException {
    List<String> command = new ArrayList<>(ONE_CORE);
    command.add(java());
    command.addAll(HEAP);
    command.addAll(
        List.of(
            "-cp",
            contender.classPath,
            "dev.millrace.bench." + contender.main,
            source.endpoint().toString(),
            Integer.toString(WARM_UP),
            Integer.toString(RECORDS),
            "http://127.0.0.1:" + dynamoDbPort,
            contender == Contender.KCL_FAST ? "fast" : "as-is"));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      String line = out.readLine();
      if (line == null) {
        throw new IOException(contender + " ended without figures");
      }
      return Figures.parse(line);
    } finally {
      process.destroy();
    }
  }

  private static Process startDynamoDb(int port) throws IOException {
    Path libraries = PEERS.resolve("dynamodb/target/lib");
    return new ProcessBuilder(
            java(),
            "-Xmx512m",
            "-Dsqlite4java.library.path=" + libraries,
            "-cp",
            libraries.resolve("*").toString(),
            "com.amazonaws.services.dynamodbv2.local.main.ServerRunner",
            "-inMemory",
            "-disableTelemetry",
            "-port",
            Integer.toString(port))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static void awaitPort(Process server, int port) throws Exception {
    while (!listens(port)) {
      if (server.waitFor(200, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("DynamoDB ended with " + server.exitValue());
      }
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static String java() {
    return ProcessHandle.current().info().command().orElse("java");
  }
}
