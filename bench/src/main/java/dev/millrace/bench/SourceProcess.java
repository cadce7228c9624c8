package dev.millrace.bench;

import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.KinesisEmulator;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * An emulator with a loaded stream in a process of its own, so that a reader's CPU time is only the
 * reader's.
 */
final class SourceProcess implements AutoCloseable {
  static final String STREAM = "bench";

  private final Process process;
  private final URI endpoint;

  private SourceProcess(Process process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  /** Starts one and waits until the stream is loaded. */
  static SourceProcess start(int shards, int recordsPerShard) throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    ProcessHandle.current().info().command().orElse("java"),
                    "-Xmx1g",
                    "-XX:MaxDirectMemorySize=4g",
                    "-cp",
                    System.getProperty("java.class.path"),
                    SourceProcess.class.getName(),
                    Integer.toString(shards),
                    Integer.toString(recordsPerShard)))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    if (line == null) {
      throw new IOException("The source process ended without an endpoint");
    }
    return new SourceProcess(process, URI.create(line));
  }

  URI endpoint() {
    return endpoint;
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The child: loads the stream, prints the endpoint, and serves until its input closes. */
  public static void main(String[] args) throws IOException {
    EmulatorOptions options = EmulatorOptions.defaults().withMaxMemoryBytes(3L << 30);
    try (KinesisEmulator emulator = KinesisEmulator.start(options)) {
      load(emulator, Integer.parseInt(args[0]), Integer.parseInt(args[1]));
      System.out.println(emulator.endpoint());
      while (System.in.read() >= 0) {
        // Serving goes on until the parent ends this process or closes its input.
      }
    }
  }

  private static void load(KinesisEmulator emulator, int shards, int recordsPerShard) {
    emulator.streams().createStream(STREAM, shards);
    Random random = new Random(1);
    Instant first = Instant.now().minus(Duration.ofMinutes(30));
    int total = shards * recordsPerShard;
    for (int i = 0; i < total; i++) {
      Instant arrival = first.plusMillis(i * 1_500_000L / total);
      emulator
          .streams()
          .put(STREAM, Long.toString(random.nextLong()), SampleRecords.oneKilobyte(i), arrival);
    }
  }
}
