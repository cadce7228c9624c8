package dev.millrace.bench;

import dev.millrace.aws.AwsKinesis;
import dev.millrace.aws.AwsOptions;
import dev.millrace.bench.CallLog.Call;
import dev.millrace.bench.PacingSource.Content;
import dev.millrace.bench.PacingSource.Reading;
import dev.millrace.read.Fetch;
import dev.millrace.read.FetchOptions;
import dev.millrace.read.FetchPool;
import dev.millrace.read.Kinesis;
import dev.millrace.read.Pacing;
import dev.millrace.read.ShardBudgets;
import dev.millrace.stream.Bound;
import dev.millrace.stream.Ledger;
import dev.millrace.stream.Position;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.ShardScan;
import dev.millrace.stream.StreamRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How close our reader comes to what the service allows a shard, and how often it is throttled on
 * the way. The cases of a phase run at the same time, each on a shard of its own.
 */
public final class PacingBench {
  static final ShardId SHARD = new ShardId("shardId-000000000000");
  private static final List<Reading> READINGS =
      List.of(Reading.WINDOW_MB, Reading.BUCKET_MB, Reading.WINDOW_MIB, Reading.BUCKET_MIB);
  private static final List<Reading> MEGABYTES = List.of(Reading.WINDOW_MB, Reading.BUCKET_MB);
  private static final Pacing PACING = Pacing.ofService();
  private static final Duration ONE_READER_TIME = Duration.ofSeconds(47);
  private static final Duration CALLS_TIME = Duration.ofSeconds(32);
  private static final Duration TWO_READERS_TIME = Duration.ofSeconds(58);
  private static final Duration RIVAL_TIME = Duration.ofSeconds(60);

  /** What an untouched shard gives for nothing is used up by then. */
  private static final Duration RIVAL_SETTLING = Duration.ofSeconds(6);

  private static final Duration BOUND = Duration.ofMinutes(5);

  private final Map<Reading, Kinesis> clients = new EnumMap<>(Reading.class);
  private final PacingSource source;

  private PacingBench(PacingSource source) {
    this.source = source;
    for (Reading reading : Reading.values()) {
      clients.put(reading, AwsKinesis.connect(AwsOptions.atEndpoint(source.endpoint(reading))));
    }
  }

  public static void main(String[] args) throws Exception {
    try (PacingSource source = PacingSource.start()) {
      PacingBench bench = new PacingBench(source);
      bench.warmUp();
      bench.oneReader();
      bench.boundByCalls();
      bench.twoReaders();
      bench.rivals();
    }
  }

  /** The first calls of a JVM take a second; the shards' allowances are whole again afterwards. */
  private void warmUp() throws Exception {
    for (Reading reading : READINGS) {
      read(log(reading), Content.B100, new ShardBudgets(PACING), Duration.ofSeconds(3));
    }
    Thread.sleep(2_000);
  }

  private void oneReader() throws Exception {
    System.out.println("== one reader");
    printBytesHead();
    List<Callable<String>> cases = new ArrayList<>();
    for (Reading reading : READINGS) {
      for (Content content : List.of(Content.B100, Content.KB1, Content.KB100)) {
        // Spread over a cycle of five seconds: a large answer must not wait for another shard's.
        Duration delay = Duration.ofMillis(cases.size() * 5_000L / 12);
        cases.add(
            () -> {
              Thread.sleep(delay.toMillis());
              CallLog log = log(reading);
              read(log, content, new ShardBudgets(PACING), ONE_READER_TIME);
              return bytesLine(reading, content, log.calls());
            });
      }
    }
    together(cases).forEach(System.out::println);
  }

  private void boundByCalls() throws Exception {
    System.out.printf("== bound by calls%n%-18s %8s %9s%n", "", "calls/s", "throttled");
    together(
            List.of(
                () -> callsLine(Reading.SPARSE, Content.KB1),
                () -> callsLine(Reading.WINDOW_MB, Content.B1),
                () -> callsLine(Reading.BUCKET_MB, Content.B1)))
        .forEach(System.out::println);
  }

  private String callsLine(Reading reading, Content content) throws Exception {
    CallLog log = log(reading);
    read(log, content, new ShardBudgets(PACING), CALLS_TIME);
    return "%-18s %8.3f %9d"
        .formatted(
            reading + " " + content,
            PacingFigures.callsPerSecond(log.calls()),
            throttled(log.calls()));
  }

  private void twoReaders() throws Exception {
    System.out.println("== two readers of one budget");
    printBytesHead();
    List<Callable<String>> cases = new ArrayList<>();
    for (Reading reading : MEGABYTES) {
      for (Content content : List.of(Content.B100, Content.KB1)) {
        cases.add(() -> twoReadersLine(reading, content));
      }
    }
    together(cases).forEach(System.out::println);
  }

  private String twoReadersLine(Reading reading, Content content) throws Exception {
    CallLog log = log(reading);
    ShardBudgets budgets = new ShardBudgets(PACING);
    Callable<List<Call>> reader =
        () -> {
          read(log, content, budgets, TWO_READERS_TIME);
          return log.calls();
        };
    together(List.of(reader, reader));
    return bytesLine(reading, content, log.calls());
  }

  private void rivals() throws Exception {
    System.out.printf(
        "== beside a rival%n%-48s %12s %12s %8s %12s %12s%n%-48s %12s %12s %8s %12s %12s%n",
        "",
        "our kB/s",
        "its kB/s",
        "of",
        "our calls/s",
        "its calls/s",
        "",
        "",
        "",
        "limit",
        "(refused/min)",
        "(refused/min)");
    List<Callable<String>> cases = new ArrayList<>();
    for (Reading reading : MEGABYTES) {
      // Half of the shard's bytes; as much as it gets, as KCL does by itself; half of the calls.
      cases.add(() -> rivalLine(reading, Content.KB1, 1_000, Duration.ofSeconds(1)));
      cases.add(() -> rivalLine(reading, Content.B100, 10_000, Duration.ofSeconds(1)));
      cases.add(() -> rivalLine(reading, Content.B1, 100, Duration.ofMillis(400)));
    }
    together(cases).forEach(System.out::println);
  }

  private String rivalLine(Reading reading, Content content, int limit, Duration pause)
      throws Exception {
    CallLog log = log(reading);
    Rival rival = new Rival(source.endpoint(reading), content.stream(), limit, pause);
    Callable<List<Call>> reader =
        () -> {
          read(log, content, new ShardBudgets(PACING), RIVAL_TIME);
          return log.calls();
        };
    List<List<Call>> calls = together(List.of(reader, () -> rival.run(RIVAL_TIME)));
    return rivalLine(reading, content, rival, calls.get(0), calls.get(1));
  }

  /** From the end of one of our answers to the end of another, what came free being used up. */
  private static String rivalLine(
      Reading reading, Content content, Rival rival, List<Call> allOurs, List<Call> allIts) {
    long settled = allOurs.get(0).sent() + RIVAL_SETTLING.toNanos();
    List<Long> ends =
        allOurs.stream()
            .filter(call -> !call.throttled() && call.answered() > settled)
            .map(Call::answered)
            .toList();
    long from = ends.get(0);
    long to = ends.get(ends.size() - 1);
    double seconds = (to - from) / 1e9;
    List<Call> ours = between(from, to, allOurs);
    List<Call> its = between(from, to, allIts);
    double share =
        content == Content.B1
            ? (answers(ours) + answers(its)) / seconds / PACING.callsPerSecond()
            : (bytes(ours) + bytes(its)) / seconds / reading.bytesPerSecond();
    return "%-48s %12.1f %12.1f %7.1f%% %12s %12s"
        .formatted(
            "%s %s, %d records every %d ms"
                .formatted(reading, content, rival.limit(), rival.pause().toMillis()),
            bytes(ours) / seconds / 1e3,
            bytes(its) / seconds / 1e3,
            100 * share,
            callsAndRefused(ours, seconds),
            callsAndRefused(its, seconds));
  }

  private static String callsAndRefused(List<Call> calls, double seconds) {
    return "%.2f (%.0f)".formatted(answers(calls) / seconds, 60 * throttled(calls) / seconds);
  }

  private static List<Call> between(long from, long to, List<Call> calls) {
    return calls.stream().filter(call -> call.answered() > from && call.answered() <= to).toList();
  }

  private static long bytes(List<Call> calls) {
    return calls.stream().mapToLong(Call::bytes).sum();
  }

  private static long answers(List<Call> calls) {
    return calls.size() - throttled(calls);
  }

  private static long throttled(List<Call> calls) {
    return calls.stream().filter(Call::throttled).count();
  }

  private static void printBytesHead() {
    System.out.printf(
        "%-18s %8s %7s %9s %9s %8s %8s%n",
        "", "MB", "s", "of limit", "throttled", "ms/trip", "ms lost");
  }

  /** Lost is the part of a cycle that our own pacing does not ask for. */
  private static String bytesLine(Reading reading, Content content, List<Call> calls) {
    PacingFigures figures = PacingFigures.of(calls);
    return "%-18s %8.1f %7.1f %8.1f%% %9d %8.1f %8.1f"
        .formatted(
            reading + " " + content,
            figures.bytes() / 1e6,
            figures.seconds(),
            100 * figures.bytesPerSecond() / reading.bytesPerSecond(),
            figures.throttled(),
            figures.medianTripMillis(),
            figures.medianLostMillis(PACING.bytesPerSecond()));
  }

  private CallLog log(Reading reading) {
    Kinesis client = clients.get(reading);
    if (client == null) {
      throw new IllegalStateException("No client for " + reading);
    }
    return new CallLog(client);
  }

  /**
   * Reads a shard from its start for that long. The bound is yet to come: one in the past would end
   * the scan at twenty empty answers, for the emulator's lag does not fall through them.
   */
  private static void read(Kinesis kinesis, Content content, ShardBudgets budgets, Duration time)
      throws Exception {
    long end = System.nanoTime() + time.toNanos();
    try (Fetch fetch =
        new FetchPool(kinesis, FetchOptions.defaults(), budgets, new Ledger(), new Random(1))
            .start()) {
      StreamRef stream = StreamRef.parse(content.stream());
      Bound bound = Bound.before(Instant.now().plus(BOUND));
      fetch.add(new ShardScan(stream, SHARD, Position.trimHorizon(), bound));
      while (System.nanoTime() < end) {
        fetch.poll(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
      }
    }
  }

  private static <T> List<T> together(List<Callable<T>> cases) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(cases.size());
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> running : threads.invokeAll(cases)) {
        results.add(running.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
