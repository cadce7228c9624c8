package dev.millrace.read;

import static dev.millrace.read.FakeKinesis.STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.stream.Bound;
import dev.millrace.stream.Ledger;
import dev.millrace.stream.Position;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.ShardScan;
import dev.millrace.stream.UserRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PooledFetchTest {
  private final FakeKinesis kinesis = new FakeKinesis();

  private Fetch start(FetchOptions options) {
    return new FetchPool(
            kinesis, options, new ShardBudgets(Pacing.unlimited()), new Ledger(), new Random(3))
        .start();
  }

  private static ShardScan scan(ShardId shard, Instant snapshot) {
    return new ShardScan(STREAM, shard, Position.trimHorizon(), Bound.tipAsOf(snapshot));
  }

  /** Fills shards with numbered records, then lets the clock pass the settling time. */
  private List<ShardId> fill(int shards, int records) {
    List<ShardId> ids = new ArrayList<>();
    for (int s = 0; s < shards; s++) {
      ShardId id = kinesis.open("shardId-%012d".formatted(s));
      for (int r = 0; r < records; r++) {
        kinesis.put(id, s + "/" + r);
      }
      ids.add(id);
    }
    kinesis.advance(Duration.ofSeconds(5));
    return ids;
  }

  @Test
  void manyMoreShardsThanThreads_everyRecordOnceAndInOrder() throws InterruptedException {
    kinesis.pageSize = 7;
    List<ShardId> shards = fill(100, 50);
    Map<ShardId, List<UserRecord>> got = new HashMap<>();
    try (Fetch fetch = start(FetchOptions.defaults())) {
      shards.forEach(shard -> fetch.add(scan(shard, FakeKinesis.START)));
      while (!fetch.isDone()) {
        fetch.poll(Duration.ofSeconds(10)).ifPresent(event -> collect(event, got));
      }
    }
    shards.forEach(shard -> assertThat(got.get(shard)).isEqualTo(kinesis.records(shard)));
  }

  private static void collect(FetchEvent event, Map<ShardId, List<UserRecord>> got) {
    if (event instanceof FetchEvent.Fetched fetched) {
      got.computeIfAbsent(event.scan().shard(), id -> new ArrayList<>())
          .addAll(fetched.batch().records());
    }
  }

  @Test
  void slowConsumer_stopsCallsWhenTheBudgetIsHeld() throws InterruptedException {
    ShardId shard = kinesis.open("shardId-000000000000");
    String megabyte = "x".repeat(1 << 20);
    for (int i = 0; i < 40; i++) {
      kinesis.put(shard, megabyte);
    }
    kinesis.advance(Duration.ofSeconds(5));
    kinesis.pageSize = 4;
    FetchOptions small =
        FetchOptions.defaults()
            .withCallsInFlight(2)
            .withBufferBytes(FetchOptions.MAX_ANSWER_BYTES + (6 << 20))
            .withPatience(Duration.ofMinutes(1));
    int records = 0;
    try (Fetch fetch = start(small)) {
      fetch.add(scan(shard, FakeKinesis.START));
      while (!fetch.isDone()) {
        Optional<FetchEvent> event = fetch.poll(Duration.ofSeconds(10));
        // 16 MiB of budget: one answer of 8 MiB must fit beside what is held, so at most three
        // answers of 4 MiB are held, the one in the consumer's hands included.
        int taken = records / 4;
        assertThat(kinesis.recordCalls).isLessThanOrEqualTo(taken + 4);
        if (event.isPresent() && event.get() instanceof FetchEvent.Fetched fetched) {
          records += fetched.batch().records().size();
        }
      }
    }
    assertThat(records).isEqualTo(40);
  }

  @Test
  void tinyRecords_areChargedForWhatTheyCostBesideTheirPayload() throws InterruptedException {
    ShardId shard = kinesis.open("shardId-000000000000");
    for (int i = 0; i < 201_000; i++) {
      kinesis.put(shard, "");
    }
    kinesis.advance(Duration.ofSeconds(5));
    FetchOptions small =
        FetchOptions.defaults()
            .withCallsInFlight(1)
            .withBufferBytes(FetchOptions.MAX_ANSWER_BYTES)
            .withPatience(Duration.ofMinutes(1));
    int batches = 0;
    try (Fetch fetch = start(small)) {
      fetch.add(scan(shard, FakeKinesis.START));
      while (!fetch.isDone()) {
        Optional<FetchEvent> event = fetch.poll(Duration.ofSeconds(10));
        // An answer of 10,000 costs 3 MB: at most three fit into 10 MiB.
        assertThat(kinesis.recordCalls).isLessThanOrEqualTo(batches + 4);
        batches += event.isPresent() && event.get() instanceof FetchEvent.Fetched ? 1 : 0;
      }
    }
    assertThat(batches).as("one of 1,000, the rest of 10,000").isEqualTo(21);
  }

  @Test
  void defaults_allCallsInFlightFitTheBudget() {
    FetchOptions options = FetchOptions.defaults();
    CountDownLatch inFlight = new CountDownLatch(options.callsInFlight());
    kinesis.beforeRecordCall =
        () -> {
          inFlight.countDown();
          awaitUninterruptibly(inFlight);
        };
    List<ShardId> shards = fill(options.callsInFlight(), 1);
    try (Fetch fetch = start(options)) {
      shards.forEach(shard -> fetch.add(scan(shard, FakeKinesis.START)));
      awaitUninterruptibly(inFlight);
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void failureOfAScan_reachesTheConsumer() {
    ShardId gone = new ShardId("shardId-000000000009");
    try (Fetch fetch = start(FetchOptions.defaults())) {
      Position after = Position.after(new SequenceNumber("5"));
      fetch.add(new ShardScan(STREAM, gone, after, Bound.tipAsOf(FakeKinesis.START)));
      assertThatThrownBy(() -> fetch.poll(Duration.ofSeconds(10)))
          .hasMessageContaining("shardId-000000000009");
    }
  }

  @Test
  void noScans_isDone() throws InterruptedException {
    try (Fetch fetch = start(FetchOptions.defaults())) {
      assertThat(fetch.isDone()).isTrue();
      assertThat(fetch.poll(Duration.ofSeconds(10))).isEmpty();
    }
  }

  @Test
  void closedByAnother_isToldToWhoeverWaits() throws InterruptedException {
    ShardId shard = kinesis.open("shardId-000000000000");
    try (Fetch fetch = start(FetchOptions.defaults())) {
      fetch.add(new ShardScan(STREAM, shard, Position.trimHorizon(), Bound.never()));
      Thread closing = new Thread(fetch::close);
      closing.start();
      assertThatThrownBy(
              () -> {
                while (!fetch.isDone()) {
                  fetch.poll(Duration.ofHours(1));
                }
              })
          .isInstanceOf(IllegalStateException.class);
      closing.join();
    }
  }

  @Test
  void oneSmallRecordOfALargeAnswer_isChargedForTheAnswer() throws InterruptedException {
    ShardId shard = kinesis.open("shardId-000000000000");
    kinesis.put(shard, "small");
    byte[] page = new byte[8 << 20];
    dev.millrace.stream.UserRecord small = kinesis.records(shard).get(0);
    Unpacking unpacking = new Unpacking(Optional.empty(), (record, what) -> {});

    unpacking.take(
        java.util.List.of(
            new dev.millrace.stream.UserRecord(shard, small.sequence(), 0, 0, "key", page, 100, 5)),
        Optional.empty());

    assertThat(unpacking.next().bytes()).isGreaterThan(8 << 20);
    assertThat(unpacking.hasNext()).isFalse();
  }
}
