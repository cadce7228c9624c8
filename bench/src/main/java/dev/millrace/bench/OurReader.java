package dev.millrace.bench;

import dev.millrace.aws.AwsKinesis;
import dev.millrace.aws.AwsOptions;
import dev.millrace.read.Fetch;
import dev.millrace.read.FetchEvent;
import dev.millrace.read.FetchOptions;
import dev.millrace.read.FetchPool;
import dev.millrace.read.Kinesis;
import dev.millrace.read.Pacing;
import dev.millrace.read.ShardBudgets;
import dev.millrace.read.ShardFilter;
import dev.millrace.stream.Bound;
import dev.millrace.stream.Ledger;
import dev.millrace.stream.Position;
import dev.millrace.stream.Shard;
import dev.millrace.stream.ShardScan;
import dev.millrace.stream.StreamRef;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;

/**
 * A contender of {@link KclBench}: our reader as a process. Prints the figures of its first fetch,
 * and the time to the first record of a second one.
 */
final class OurReader {
  private static final StreamRef STREAM = StreamRef.parse(SourceProcess.STREAM);

  private OurReader() {}

  public static void main(String[] args) throws InterruptedException {
    ReadingMeter meter = new ReadingMeter(Long.parseLong(args[1]), Long.parseLong(args[2]));
    try (Kinesis kinesis = AwsKinesis.connect(AwsOptions.atEndpoint(URI.create(args[0])))) {
      read(kinesis, meter);
      ReadingMeter again = new ReadingMeter(0, Long.parseLong(args[2]));
      read(kinesis, again);
      System.out.printf("%s %.3f%n", meter.figures(), again.firstRecordSeconds());
    }
  }

  private static void read(Kinesis kinesis, ReadingMeter meter) throws InterruptedException {
    Bound bound = Bound.tipAsOf(Instant.now().minus(Duration.ofMinutes(1)));
    try (Fetch fetch = pool(kinesis).start()) {
      for (Shard shard :
          kinesis
              .listShards(STREAM, new ShardFilter.FromTrimHorizon(), Optional.empty())
              .shards()) {
        fetch.add(new ShardScan(STREAM, shard.id(), Position.trimHorizon(), bound));
      }
      while (!fetch.isDone()) {
        Optional<FetchEvent> event = fetch.poll(Duration.ofSeconds(30));
        if (event.isPresent() && event.get() instanceof FetchEvent.Fetched fetched) {
          meter.read(fetched.batch().records().size());
        }
      }
    }
  }

  private static FetchPool pool(Kinesis kinesis) {
    return new FetchPool(
        kinesis,
        FetchOptions.defaults(),
        new ShardBudgets(Pacing.unlimited()),
        new Ledger(),
        new Random(1));
  }
}
