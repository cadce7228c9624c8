package dev.millrace.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.millrace.aws.AwsKinesis;
import dev.millrace.aws.AwsOptions;
import dev.millrace.read.Fetch;
import dev.millrace.read.FetchEvent;
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
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;

/**
 * Our reader against a plain SDK GetRecords loop: the same stream, the same client settings, rounds
 * taken in turns, CPU time of this process alone.
 */
public final class ReaderBench {
  private static final int RECORDS = 400_000;
  private static final int WARM_UP = 3;
  private static final int ROUNDS = 9;

  /** Passes in a round: the kernel counts CPU time in hundredths of a second. */
  private static final int PASSES = 3;

  private static final StreamRef STREAM = StreamRef.parse(SourceProcess.STREAM);
  private static final ShardId SHARD = new ShardId("shardId-000000000000");

  /** One pass over the stream. */
  private interface Pass {
    long records() throws Exception;
  }

  private record Figure(double recordsPerCpuSecond, double bytesPerRecord) {}

  private ReaderBench() {}

  public static void main(String[] args) throws Exception {
    try (SourceProcess source = SourceProcess.start(1, RECORDS);
        KinesisClient sdk = PlainSdk.client(source.endpoint());
        Kinesis kinesis = AwsKinesis.connect(AwsOptions.atEndpoint(source.endpoint()));
        Fetch fetch = startFetch(kinesis)) {
      List<Figure> plain = new ArrayList<>();
      List<Figure> ours = new ArrayList<>();
      for (int round = -WARM_UP; round < ROUNDS; round++) {
        Figure a = measure(() -> plainLoop(sdk));
        Figure b = measure(() -> ourReader(fetch));
        if (round >= 0) {
          plain.add(a);
          ours.add(b);
        }
      }
      print(plain, ours);
    }
  }

  private static void print(List<Figure> plain, List<Figure> ours) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < plain.size(); i++) {
      ratios.add(ours.get(i).recordsPerCpuSecond() / plain.get(i).recordsPerCpuSecond());
    }
    System.out.printf(
        "plain SDK loop   %,10.0f records/CPU-s   %,6.0f B allocated/record%n",
        Median.of(plain.stream().map(Figure::recordsPerCpuSecond).toList()),
        Median.of(plain.stream().map(Figure::bytesPerRecord).toList()));
    System.out.printf(
        "Millrace reader  %,10.0f records/CPU-s   %,6.0f B allocated/record%n",
        Median.of(ours.stream().map(Figure::recordsPerCpuSecond).toList()),
        Median.of(ours.stream().map(Figure::bytesPerRecord).toList()));
    System.out.printf("ratio            %10.2f (median of %d)%n", Median.of(ratios), ratios.size());
  }

  private static Figure measure(Pass pass) throws Exception {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpu = system.getProcessCpuTime();
    long allocated = allocatedBytes();
    long records = 0;
    for (int i = 0; i < PASSES; i++) {
      records += pass.records();
    }
    double seconds = (system.getProcessCpuTime() - cpu) / 1e9;
    if (records != PASSES * RECORDS) {
      throw new IllegalStateException("Read " + records + " of " + PASSES * RECORDS + " records");
    }
    return new Figure(records / seconds, (allocatedBytes() - allocated) / (double) records);
  }

  private static long allocatedBytes() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long sum = 0;
    for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
      sum += Math.max(0, bytes);
    }
    return sum;
  }

  private static long plainLoop(KinesisClient sdk) {
    String iterator = PlainSdk.trimHorizon(sdk, SourceProcess.STREAM, SHARD.value());
    long records = 0;
    long bytes = 0;
    while (true) {
      String current = iterator;
      GetRecordsResponse answer = sdk.getRecords(r -> r.shardIterator(current).limit(10_000));
      for (Record record : answer.records()) {
        bytes += record.data().asByteArrayUnsafe().length;
        records++;
      }
      if (answer.records().isEmpty() && answer.millisBehindLatest() == 0) {
        return bytes > 0 ? records : -1;
      }
      iterator = answer.nextShardIterator();
    }
  }

  private static long ourReader(Fetch fetch) throws InterruptedException {
    Bound bound = Bound.tipAsOf(Instant.now().minus(Duration.ofMinutes(1)));
    fetch.add(new ShardScan(STREAM, SHARD, Position.trimHorizon(), bound));
    long records = 0;
    long bytes = 0;
    while (!fetch.isDone()) {
      Optional<FetchEvent> event = fetch.poll(Duration.ofSeconds(30));
      if (event.isPresent() && event.get() instanceof FetchEvent.Fetched fetched) {
        records += fetched.batch().records().size();
        bytes += fetched.batch().bytes();
      }
    }
    return bytes > 0 ? records : -1;
  }

  /** One fetch for all rounds, so that its worker thread lives while its allocation is read. */
  private static Fetch startFetch(Kinesis kinesis) {
    return new FetchPool(
            kinesis,
            FetchOptions.defaults(),
            new ShardBudgets(Pacing.unlimited()),
            new Ledger(),
            new Random(1))
        .start();
  }
}
