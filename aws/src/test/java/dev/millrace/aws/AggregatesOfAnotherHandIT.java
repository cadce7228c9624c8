package dev.millrace.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.KinesisEmulator;
import dev.millrace.emulator.NodeAggregator;
import dev.millrace.emulator.NodeAggregator.Part;
import dev.millrace.read.Fetch;
import dev.millrace.read.FetchEvent.Fetched;
import dev.millrace.read.FetchOptions;
import dev.millrace.read.FetchPool;
import dev.millrace.read.Pacing;
import dev.millrace.read.ShardBudgets;
import dev.millrace.stream.Bound;
import dev.millrace.stream.Ledger;
import dev.millrace.stream.Position;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.ShardScan;
import dev.millrace.stream.StreamRef;
import dev.millrace.stream.UserRecord;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Aggregates that a library of others made, put over HTTP and read by our reader. */
class AggregatesOfAnotherHandIT {
  private static final StreamRef STREAM = StreamRef.parse("orders");
  private static final ShardId SHARD = new ShardId("shardId-000000000000");
  private static final long SEED = 20261122;

  private static List<Part> parts(Random random, int count) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] data = new byte[random.nextInt(random.nextInt(5) == 0 ? 20_000 : 100)];
      random.nextBytes(data);
      String hashKey = random.nextInt(4) == 0 ? new BigInteger(128, random).toString() : "";
      parts.add(new Part("key-ü-" + random.nextInt(10), hashKey, data));
    }
    return parts;
  }

  private static void assertSame(List<UserRecord> read, List<Part> put) {
    assertThat(read).hasSameSizeAs(put);
    for (int i = 0; i < put.size(); i++) {
      assertThat(read.get(i).copyData()).as("seed %d", SEED).isEqualTo(put.get(i).data());
      assertThat(read.get(i).partitionKey()).isEqualTo(put.get(i).partitionKey());
    }
  }

  private static List<UserRecord> read(AwsKinesis kinesis, Position from, Ledger ledger)
      throws InterruptedException {
    FetchPool pool =
        new FetchPool(
            kinesis,
            FetchOptions.defaults(),
            new ShardBudgets(Pacing.unlimited()),
            ledger,
            new Random(1));
    List<UserRecord> records = new ArrayList<>();
    try (Fetch fetch = pool.start()) {
      fetch.add(new ShardScan(STREAM, SHARD, from, Bound.tipAsOf(Instant.now().plusSeconds(1))));
      while (!fetch.isDone()) {
        fetch
            .poll(Duration.ofSeconds(1))
            .filter(event -> event instanceof Fetched)
            .ifPresent(event -> records.addAll(((Fetched) event).batch().records()));
      }
    }
    return records;
  }

  @Test
  void aggregates_areTakenApart_andResumedInside() throws InterruptedException {
    Random random = new Random(SEED);
    List<Part> put = new ArrayList<>();
    try (KinesisEmulator emulator = KinesisEmulator.start(EmulatorOptions.defaults());
        AwsKinesis kinesis = AwsKinesis.connect(AwsOptions.atEndpoint(emulator.endpoint()))) {
      emulator.streams().createStream(STREAM.name(), 1);
      for (int count : List.of(1, 3, 40, 300)) {
        List<Part> parts = parts(random, count);
        emulator.streams().put(STREAM.name(), "outer", NodeAggregator.aggregate(parts));
        byte[] plain = {(byte) count};
        emulator.streams().put(STREAM.name(), "plain", plain);
        put.addAll(parts);
        put.add(Part.of("plain", plain));
      }
      Ledger ledger = new Ledger();

      List<UserRecord> all = read(kinesis, Position.trimHorizon(), ledger);
      assertSame(all, put);
      UserRecord inside = all.get(20);
      List<UserRecord> rest =
          read(kinesis, Position.after(inside.sequence(), inside.subsequence()), ledger);
      assertSame(rest, put.subList(21, put.size()));
      assertThat(ledger.losses()).isEmpty();
    }
  }
}
