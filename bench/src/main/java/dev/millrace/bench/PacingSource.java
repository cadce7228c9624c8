package dev.millrace.bench;

import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.Fault;
import dev.millrace.emulator.FaultScope;
import dev.millrace.emulator.KinesisEmulator;
import dev.millrace.emulator.Limits;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Emulators with the service's limits on, one for each reading of these limits, in a process of
 * their own.
 */
final class PacingSource implements AutoCloseable {

  /** What AWS's pages leave open: how an allowance is spread over time, and what MB means. */
  enum Reading {
    WINDOW_MB(2_000_000),
    BUCKET_MB(2_000_000),
    WINDOW_MIB(2 << 20),
    BUCKET_MIB(2 << 20),
    /** Every answer is empty. */
    SPARSE(2_000_000);

    private final long bytesPerSecond;

    Reading(long bytesPerSecond) {
      this.bytesPerSecond = bytesPerSecond;
    }

    long bytesPerSecond() {
      return bytesPerSecond;
    }

    private Limits limits() {
      Limits shape =
          this == WINDOW_MB || this == WINDOW_MIB ? Limits.fixedWindow() : Limits.tokenBucket();
      return shape.withReadBytesPerSecond(bytesPerSecond);
    }
  }

  /** A stream of one shard with records of one size, more than a phase reads of them. */
  enum Content {
    /** Five answers a second last for 34 seconds. */
    B1(1, 1_700_000),
    /** Two answers a second last for a minute. */
    B100(100, 1_200_000),
    KB1(1_000, 140_000),
    KB100(100_000, 1_400);

    private final int recordBytes;
    private final int records;

    Content(int recordBytes, int records) {
      this.recordBytes = recordBytes;
      this.records = records;
    }

    String stream() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Process process;
  private final Map<Reading, URI> endpoints;

  private PacingSource(Process process, Map<Reading, URI> endpoints) {
    this.process = process;
    this.endpoints = endpoints;
  }

  /** Starts one and waits until every stream is loaded. */
  static PacingSource start() throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    ProcessHandle.current().info().command().orElse("java"),
                    "-Xmx3g",
                    "-XX:MaxDirectMemorySize=4g",
                    "-cp",
                    System.getProperty("java.class.path"),
                    PacingSource.class.getName()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    Map<Reading, URI> endpoints = new EnumMap<>(Reading.class);
    for (Reading reading : Reading.values()) {
      String line = out.readLine();
      if (line == null) {
        throw new IOException("The source process ended without an endpoint for " + reading);
      }
      endpoints.put(reading, URI.create(line));
    }
    return new PacingSource(process, endpoints);
  }

  URI endpoint(Reading reading) {
    URI endpoint = endpoints.get(reading);
    if (endpoint == null) {
      throw new IllegalStateException("No endpoint for " + reading);
    }
    return endpoint;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The child: one endpoint a line, in the order of the readings; serves until its input ends. */
  public static void main(String[] args) throws IOException {
    for (Reading reading : Reading.values()) {
      System.out.println(start(reading).endpoint());
    }
    while (System.in.read() >= 0) {
      // Serving goes on until the parent ends this process or closes its input.
    }
  }

  private static KinesisEmulator start(Reading reading) {
    KinesisEmulator emulator =
        KinesisEmulator.start(
            EmulatorOptions.defaults().withMaxMemoryBytes(1L << 30).withLimits(reading.limits()));
    if (reading == Reading.SPARSE) {
      emulator.streams().createStream(Content.KB1.stream(), 1);
      emulator.faults().rate(1, Fault.emptyAnswer(), FaultScope.operation("GetRecords"));
      emulator.streams().put(Content.KB1.stream(), "key", new byte[1000], anHourAgo());
      return emulator;
    }
    for (Content content : Content.values()) {
      load(emulator, content);
    }
    return emulator;
  }

  private static void load(KinesisEmulator emulator, Content content) {
    emulator.streams().createStream(content.stream(), 1);
    byte[] data = new byte[content.recordBytes];
    Instant first = anHourAgo();
    for (int i = 0; i < content.records; i++) {
      emulator.streams().put(content.stream(), "key-" + i, data, first.plusMillis(i / 1_000));
    }
  }

  private static Instant anHourAgo() {
    return Instant.now().minusSeconds(3_600);
  }
}
