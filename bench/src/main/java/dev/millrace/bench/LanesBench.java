package dev.millrace.bench;

import dev.millrace.aws.AwsKinesis;
import dev.millrace.aws.AwsOptions;
import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.KinesisEmulator;
import dev.millrace.emulator.Limits;
import dev.millrace.read.ConsumerArn;
import dev.millrace.read.Fetch;
import dev.millrace.read.FetchEvent.Fetched;
import dev.millrace.read.FetchOptions;
import dev.millrace.read.FetchPool;
import dev.millrace.read.Kinesis;
import dev.millrace.read.Lane;
import dev.millrace.read.Lanes;
import dev.millrace.read.Pacing;
import dev.millrace.read.ShardBudgets;
import dev.millrace.stream.Bound;
import dev.millrace.stream.Ledger;
import dev.millrace.stream.Position;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.ShardScan;
import dev.millrace.stream.StreamRef;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How fast one shard is read by several consumers side by side, each with the service's 2 MiB a
 * second. The emulator is in this process: the rates are small beside what it can serve.
 */
public final class LanesBench {
  private static final ShardId SHARD = new ShardId("shardId-000000000000");
  private static final int RECORD_BYTES = 1_000;
  private static final int RECORDS_A_LANE = 60_000;
  private static final Duration SPAN = Duration.ofHours(1);

  private LanesBench() {}

  public static void main(String[] args) throws Exception {
    System.out.printf(
        "%5s %9s %8s %8s %9s %12s%n", "lanes", "MB", "cut s", "read s", "MiB/s", "of N x 2 MiB");
    for (int lanes : List.of(1, 4, 10)) {
      run(lanes, Limits.tokenBucket());
    }
    for (int lanes : List.of(1, 4, 10)) {
      run(lanes, Limits.fixedWindow());
    }
  }

  private static void run(int lanes, Limits limits) throws Exception {
    EmulatorOptions options =
        EmulatorOptions.defaults().withLimits(limits).withMaxMemoryBytes(1L << 30);
    try (KinesisEmulator emulator = KinesisEmulator.start(options);
        AwsKinesis kinesis = AwsKinesis.connect(AwsOptions.atEndpoint(emulator.endpoint()))) {
      Instant end = Instant.now().minusSeconds(60);
      int records = lanes * RECORDS_A_LANE;
      load(emulator, records, end);
      List<ConsumerArn> consumers =
          IntStream.range(0, lanes)
              .mapToObj(i -> emulator.streams().registerConsumer("orders", "lane-" + i))
              .map(ConsumerArn::new)
              .toList();
      read(kinesis, consumers, records, end);
    }
  }

  private static void load(KinesisEmulator emulator, int records, Instant end) {
    emulator.streams().createStream("orders", 1);
    byte[] data = new byte[RECORD_BYTES];
    Instant first = end.minus(SPAN);
    double gap = (double) SPAN.toMillis() / records;
    for (int i = 0; i < records; i++) {
      emulator.streams().put("orders", "key", data, first.plusMillis((long) (i * gap)));
    }
  }

  private static void read(Kinesis kinesis, List<ConsumerArn> consumers, int records, Instant end)
      throws Exception {
    ShardBudgets budgets = new ShardBudgets(Pacing.ofService());
    Ledger ledger = new Ledger();
    ShardScan scan =
        new ShardScan(
            StreamRef.parse("orders"),
            SHARD,
            Position.trimHorizon(),
            Bound.tipAsOf(Instant.now().minusSeconds(2)));
    long started = System.nanoTime();
    List<Lane> lanes =
        new Lanes(kinesis, FetchOptions.defaults(), budgets, new Random(1))
            .cut(scan, end.minus(SPAN), end, consumers);
    long cut = System.nanoTime();
    Set<SequenceNumber> seen = new HashSet<>();
    FetchPool pool =
        new FetchPool(kinesis, FetchOptions.defaults(), budgets, ledger, new Random(1));
    try (Fetch fetch = pool.start()) {
      lanes.forEach(lane -> fetch.add(lane.scan(), lane.retrieval()));
      while (!fetch.isDone()) {
        fetch.poll(Duration.ofSeconds(1)).ifPresent(event -> note(event, seen));
      }
    }
    long read = System.nanoTime();
    if (seen.size() != records || !ledger.losses().isEmpty()) {
      throw new IllegalStateException(
          seen.size() + " of " + records + " records, losses: " + ledger.losses());
    }
    report(lanes.size(), records, seconds(started, cut), seconds(cut, read));
  }

  private static void note(dev.millrace.read.FetchEvent event, Set<SequenceNumber> seen) {
    if (event instanceof Fetched fetched) {
      fetched
          .batch()
          .records()
          .forEach(
              record -> {
                if (!seen.add(record.sequence())) {
                  throw new IllegalStateException("Twice: " + record);
                }
              });
    }
  }

  private static double seconds(long from, long to) {
    return (to - from) / 1e9;
  }

  private static void report(int lanes, int records, double cutSeconds, double readSeconds) {
    double bytes = (double) records * RECORD_BYTES;
    double rate = bytes / (1 << 20) / readSeconds;
    System.out.printf(
        "%5d %9.0f %8.1f %8.1f %9.2f %11.0f%%%n",
        lanes, bytes / 1e6, cutSeconds, readSeconds, rate, 100 * rate / (lanes * 2));
  }
}
