package dev.millrace.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.KinesisEmulator;
import dev.millrace.emulator.Streams;
import dev.millrace.read.ControlCalls;
import dev.millrace.read.Fetch;
import dev.millrace.read.FetchEvent.Fetched;
import dev.millrace.read.FetchOptions;
import dev.millrace.read.FetchPool;
import dev.millrace.read.Pacing;
import dev.millrace.read.Pause;
import dev.millrace.read.ShardBudgets;
import dev.millrace.read.Snapshot;
import dev.millrace.read.Snapshots;
import dev.millrace.stream.Bound;
import dev.millrace.stream.Ledger;
import dev.millrace.stream.Position;
import dev.millrace.stream.Shard;
import dev.millrace.stream.ShardScan;
import dev.millrace.stream.StreamRef;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Case 10: a stream of 2,500 shards. */
class ManyShardsTest {
  private static final StreamRef STREAM = StreamRef.parse("wide");
  private static final int SHARDS = 2_500;
  private static final int RECORDS = 5_000;

  @Test
  void case10_shardsOfThreePages_areListedAndReadByAtMost32Threads() throws InterruptedException {
    try (KinesisEmulator emulator = KinesisEmulator.start(EmulatorOptions.defaults());
        AwsKinesis kinesis = AwsKinesis.connect(AwsOptions.atEndpoint(emulator.endpoint()))) {
      Streams streams = emulator.streams();
      streams.createStream(STREAM.name(), SHARDS);
      IntStream.range(0, RECORDS)
          .forEach(i -> streams.put(STREAM.name(), "key-" + i, text("value-" + i)));
      ControlCalls calls = new ControlCalls(kinesis, new Random(1), Pause.sleeping());
      Snapshots snapshots = new Snapshots(calls);
      Snapshot snapshot =
          snapshots.take(
              STREAM,
              snapshots.serviceTime(STREAM, Duration.ZERO).plusSeconds(1),
              Optional.empty());
      assertThat(snapshot.shards()).hasSize(SHARDS).doesNotHaveDuplicates();

      Set<String> values = new HashSet<>();
      int threads = 0;
      try (Fetch fetch = pool(kinesis).start()) {
        for (Shard shard : snapshot.shards()) {
          fetch.add(
              new ShardScan(
                  STREAM, shard.id(), Position.trimHorizon(), Bound.tipAsOf(snapshot.time())));
        }
        while (!fetch.isDone()) {
          if (values.size() % 100 == 0) {
            threads = Math.max(threads, fetchThreads());
          }
          fetch
              .poll(Duration.ofSeconds(1))
              .filter(event -> event instanceof Fetched)
              .ifPresent(
                  event ->
                      ((Fetched) event)
                          .batch()
                          .records()
                          .forEach(
                              record ->
                                  assertThat(
                                          values.add(
                                              new String(
                                                  record.copyData(), StandardCharsets.UTF_8)))
                                      .isTrue()));
        }
      }
      assertThat(values).hasSize(RECORDS);
      assertThat(threads).isBetween(1, 32);
    }
  }

  private static FetchPool pool(AwsKinesis kinesis) {
    return new FetchPool(
        kinesis,
        FetchOptions.defaults(),
        new ShardBudgets(Pacing.ofService()),
        new Ledger(),
        new Random(1));
  }

  private static int fetchThreads() {
    return (int)
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("millrace-fetch-"))
            .count();
  }

  private static byte[] text(String value) {
    return value.getBytes(StandardCharsets.UTF_8);
  }
}
