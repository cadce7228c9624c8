package dev.millrace.bench;

import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.Fault;
import dev.millrace.emulator.FaultScope;
import dev.millrace.emulator.Faults;
import dev.millrace.emulator.KinesisEmulator;
import dev.millrace.emulator.Limits;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * An emulator with a loaded stream in a process of its own, so that a reader's CPU time is only the
 * reader's.
 */
final class SourceProcess implements AutoCloseable {
  static final String STREAM = "bench";

  private static final String FREE = "free";
  private static final String LIMITED = "limited";
  private static final char WATCH = 'w';
  private static final char CALLS = 'c';

  private final Process process;
  private final BufferedReader out;
  private final URI endpoint;
  private final Instant newest;

  private SourceProcess(Process process, BufferedReader out, URI endpoint, Instant newest) {
    this.process = process;
    this.out = out;
    this.endpoint = endpoint;
    this.newest = newest;
  }

  /** Starts one and waits until the stream is loaded. */
  static SourceProcess start(int shards, int recordsPerShard) throws IOException {
    return start(shards, recordsPerShard, FREE);
  }

  /** One whose shards may be read no faster than the service's. */
  static SourceProcess startLimited(int shards, int recordsPerShard) throws IOException {
    return start(shards, recordsPerShard, LIMITED);
  }

  private static SourceProcess start(int shards, int recordsPerShard, String limits)
      throws IOException {
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
                    Integer.toString(recordsPerShard),
                    limits))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    if (line == null) {
      throw new IOException("The source process ended without an endpoint");
    }
    return new SourceProcess(process, out, URI.create(line), Instant.parse(out.readLine()));
  }

  URI endpoint() {
    return endpoint;
  }

  /** The arrival time of the last record. */
  Instant newest() {
    return newest;
  }

  /** Counts GetRecords calls from now on, which costs the source a little. */
  void watch() throws IOException {
    say(WATCH);
  }

  /** How many GetRecords calls each shard has had since {@link #watch}. */
  Map<String, Integer> calls() throws IOException {
    say(CALLS);
    Map<String, Integer> calls = new TreeMap<>();
    for (String shard : out.readLine().split(" ", -1)) {
      if (!shard.isEmpty()) {
        calls.merge(shard, 1, Integer::sum);
      }
    }
    return calls;
  }

  private void say(char command) throws IOException {
    process.getOutputStream().write(command);
    process.getOutputStream().flush();
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
    EmulatorOptions options =
        EmulatorOptions.defaults()
            .withMaxMemoryBytes(3L << 30)
            .withLimits(args[2].equals(LIMITED) ? Limits.tokenBucket() : Limits.none());
    try (KinesisEmulator emulator = KinesisEmulator.start(options)) {
      Instant newest = load(emulator, Integer.parseInt(args[0]), Integer.parseInt(args[1]));
      System.out.println(emulator.endpoint());
      System.out.println(newest);
      serve(emulator.faults());
    }
  }

  /** Until the parent ends this process or closes its input. */
  private static void serve(Faults faults) throws IOException {
    int watchedFrom = 0;
    for (int command = System.in.read(); command >= 0; command = System.in.read()) {
      if (command == WATCH) {
        watchedFrom = faults.injected().size();
        // A fault that does nothing is in the list of those that hit a call.
        faults.clear();
        faults.rate(1, Fault.latency(Duration.ZERO), FaultScope.operation("GetRecords"));
      } else if (command == CALLS) {
        System.out.println(
            faults.injected().stream()
                .skip(watchedFrom)
                .map(Faults.Injected::shardId)
                .collect(Collectors.joining(" ")));
      }
    }
  }

  private static Instant load(KinesisEmulator emulator, int shards, int recordsPerShard) {
    emulator.streams().createStream(STREAM, shards);
    Random random = new Random(1);
    Instant first = Instant.now().minus(Duration.ofMinutes(30));
    Instant arrival = first;
    int total = shards * recordsPerShard;
    for (int i = 0; i < total; i++) {
      arrival = first.plusMillis(i * 1_500_000L / total);
      emulator
          .streams()
          .put(STREAM, Long.toString(random.nextLong()), SampleRecords.oneKilobyte(i), arrival);
    }
    return arrival;
  }
}
