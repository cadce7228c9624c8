package dev.millrace.read;

import static dev.millrace.read.FakeKinesis.STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.read.SharedFetch.Pace;
import dev.millrace.stream.Bound;
import dev.millrace.stream.Ledger;
import dev.millrace.stream.Loss;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.Position;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.ShardScan;
import dev.millrace.stream.UserRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SharedFetchTest {
  private final FakeKinesis kinesis = new FakeKinesis();
  private final Ledger ledger = new Ledger();
  private FetchOptions options = FetchOptions.defaults().withCallsInFlight(2);
  private SharedFetch shared = new SharedFetch(options);

  @AfterEach
  void close() {
    shared.close();
  }

  private ScanFetch start(ShardId shard, Pace pace) {
    return start(
        new ShardScan(STREAM, shard, Position.trimHorizon(), Bound.tipAsOf(FakeKinesis.START)),
        pace);
  }

  private ScanFetch start(ShardScan scan, Pace pace) {
    return shared.start(
        scan,
        new SharedFetch.Source(
            kinesis,
            options,
            new ShardBudgets(Pacing.unlimited()).of(STREAM, scan.shard()),
            ledger,
            new Random(7)),
        pace);
  }

  private ShardId fill(String name, int records) {
    ShardId shard = kinesis.open(name);
    for (int i = 0; i < records; i++) {
      kinesis.put(shard, name + "/" + i);
    }
    return shard;
  }

  /** As an engine does: asks, and where there is nothing waits for the future. */
  private static FetchEvent next(ScanFetch fetch) {
    while (true) {
      Optional<FetchEvent> event = fetch.poll();
      if (event.isPresent()) {
        return event.get();
      }
      fetch.ready().join();
    }
  }

  private static List<UserRecord> drain(ScanFetch fetch) {
    List<UserRecord> records = new ArrayList<>();
    FetchEvent event = next(fetch);
    while (event instanceof FetchEvent.Fetched fetched) {
      records.addAll(fetched.batch().records());
      event = next(fetch);
    }
    assertThat(event).isInstanceOf(FetchEvent.Ended.class);
    return records;
  }

  @Test
  void manyScansOnTwoThreads_eachHasItsOwnRecordsInOrder() {
    kinesis.pageSize = 7;
    List<ShardId> shards = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      shards.add(fill("shard-" + i, 30));
    }
    kinesis.advance(Duration.ofSeconds(5));
    List<ScanFetch> fetches = shards.stream().map(shard -> start(shard, Pace.AHEAD)).toList();
    for (int i = 0; i < shards.size(); i++) {
      assertThat(drain(fetches.get(i))).isEqualTo(kinesis.records(shards.get(i)));
      assertThat(fetches.get(i).poll()).isEmpty();
    }
  }

  @Test
  void busyConsumer_findsOneAnswerAheadAndNoMore() {
    ShardId shard = fill("shard-0", 30);
    kinesis.pageSize = 5;
    kinesis.advance(Duration.ofSeconds(5));
    ScanFetch fetch = start(shard, Pace.AHEAD);
    for (int taken = 1; taken <= 6; taken++) {
      next(fetch);
      assertThat(kinesis.recordCalls).isLessThanOrEqualTo(taken + 1);
    }
    fetch.close();
  }

  @Test
  void onDemand_callsOnlyWhenTheConsumerHasComeForMore() {
    ShardId shard = fill("shard-0", 30);
    kinesis.pageSize = 5;
    kinesis.advance(Duration.ofSeconds(5));
    ScanFetch fetch = start(shard, Pace.ON_DEMAND);
    for (int taken = 1; taken <= 6; taken++) {
      next(fetch);
      assertThat(kinesis.recordCalls).isEqualTo(taken);
    }
    fetch.close();
    assertThat(kinesis.recordCalls).isEqualTo(6);
  }

  @Test
  void spentBudget_stillServesAConsumerThatWaits() {
    shared.close();
    options = FetchOptions.defaults().withBufferBytes(FetchOptions.MAX_ANSWER_BYTES);
    shared = new SharedFetch(options);
    String megabyte = "x".repeat(1 << 20);
    List<ScanFetch> fetches = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      ShardId shard = kinesis.open("shard-" + i);
      for (int record = 0; record < 18; record++) {
        kinesis.put(shard, megabyte);
      }
      kinesis.pageSize = 9;
    }
    kinesis.advance(Duration.ofSeconds(5));
    for (int i = 0; i < 4; i++) {
      fetches.add(start(new ShardId("shard-" + i), Pace.AHEAD));
    }
    fetches.forEach(SharedFetchTest::next);
    assertThat(fetches).allMatch(fetch -> fetch.heldBytes() > 9 << 20);
    assertThat(kinesis.recordCalls).as("36 MiB are held of 10: nobody fetches ahead").isEqualTo(4);
    fetches.forEach(fetch -> assertThat(drain(fetch)).hasSize(9));
  }

  @Test
  void consumerWaitsWithoutLookingAgain_isServedAllTheSame() {
    ShardId shard = fill("shard-0", 30);
    kinesis.pageSize = 5;
    kinesis.advance(Duration.ofSeconds(5));
    ScanFetch fetch = start(shard, Pace.ON_DEMAND);
    for (int taken = 1; taken <= 6; taken++) {
      fetch.ready().join();
      assertThat(fetch.poll()).isPresent();
      assertThat(kinesis.recordCalls).isEqualTo(taken);
    }
    fetch.close();
  }

  @Test
  void closedDuringACall_stopsItAndNoOther() {
    ShardId stuck = fill("shard-0", 5);
    ShardId other = fill("shard-1", 5);
    kinesis.advance(Duration.ofSeconds(5));
    CountDownLatch inCall = new CountDownLatch(1);
    AtomicInteger interrupted = new AtomicInteger();
    CountDownLatch left = new CountDownLatch(1);
    kinesis.beforeRecordCall = () -> hang(inCall, interrupted, left);
    ScanFetch fetch = start(stuck, Pace.AHEAD);
    awaitUninterruptibly(inCall);
    kinesis.beforeRecordCall = () -> {};
    fetch.close();
    awaitUninterruptibly(left);
    assertThat(interrupted).hasValue(1);
    assertThat(fetch.heldBytes()).isZero();
    assertThat(drain(start(other, Pace.AHEAD))).hasSize(5);
  }

  private static void hang(CountDownLatch inCall, AtomicInteger interrupted, CountDownLatch left) {
    inCall.countDown();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      interrupted.incrementAndGet();
      left.countDown();
      throw FakeKinesis.failure(KinesisException.Kind.UNAVAILABLE);
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean done = false;
    while (!done) {
      try {
        latch.await();
        done = true;
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Test
  void closedWhileItWaits_makesNoMoreCalls() {
    ShardId shard = fill("shard-0", 3);
    ShardScan follow = new ShardScan(STREAM, shard, Position.trimHorizon(), Bound.never());
    ScanFetch fetch = start(follow, Pace.AHEAD);
    next(fetch);
    var ready = fetch.ready();
    fetch.close();
    assertThat(ready).isDone();
    ShardId other = fill("shard-1", 5);
    kinesis.advance(Duration.ofSeconds(5));
    assertThat(drain(start(other, Pace.AHEAD))).hasSize(5);
    assertThat(fetch.poll()).isEmpty();
  }

  @Test
  void threadsEndUnderAConsumerThatWaits_itHearsOfItAtOnce() {
    ShardId shard = fill("shard-0", 3);
    ShardScan follow = new ShardScan(STREAM, shard, Position.trimHorizon(), Bound.never());
    ScanFetch fetch = start(follow, Pace.AHEAD);
    next(fetch);
    CompletableFuture<?> ready = fetch.ready();
    shared.close();
    ready.join();
    assertThatThrownBy(() -> followOn(fetch))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("was broken off")
        .hasMessageContaining(shard.value());
    assertThatThrownBy(() -> followOn(start(follow, Pace.AHEAD)))
        .hasMessageContaining("broken off");
  }

  /** Until it fails, for it has no end. */
  private static void followOn(ScanFetch fetch) {
    while (true) {
      next(fetch);
    }
  }

  @Test
  void failure_reachesItsOwnConsumerAlone() {
    Position after = Position.after(new SequenceNumber("5"));
    ShardId gone = new ShardId("shard-9");
    ScanFetch failing =
        start(new ShardScan(STREAM, gone, after, Bound.tipAsOf(FakeKinesis.START)), Pace.AHEAD);
    ShardId there = fill("shard-0", 5);
    kinesis.advance(Duration.ofSeconds(5));
    assertThat(drain(start(there, Pace.AHEAD))).hasSize(5);
    assertThatThrownBy(() -> next(failing)).hasMessageContaining("shard-9");
    assertThatThrownBy(failing::poll).hasMessageContaining("shard-9");
  }

  @Test
  void fewRecordsFirst_emptyAnswersDoNotMakeTheNextCallLarge() {
    ShardId shard = fill("shard-0", 400);
    kinesis.advance(Duration.ofSeconds(5));
    kinesis.emptyAnswersFirst = 3;
    options = options.withFirstRecords(10);
    ScanFetch fetch = start(shard, Pace.ON_DEMAND);
    List<Integer> sizes = new ArrayList<>();
    FetchEvent event = next(fetch);
    while (event instanceof FetchEvent.Fetched fetched) {
      sizes.add(fetched.batch().records().size());
      event = next(fetch);
    }
    assertThat(sizes).containsExactly(10, 160, 230);
  }

  @Test
  void asManyAnswersAsAllowed_cutTheScanShortAndTheLedgerSaysSo() {
    ShardId shard = fill("shard-0", 30);
    kinesis.pageSize = 5;
    kinesis.advance(Duration.ofSeconds(5));
    options = options.withMostAnswers(3);
    ScanFetch fetch = start(shard, Pace.AHEAD);
    assertThat(drain(fetch)).hasSize(15);
    assertThat(kinesis.recordCalls).isEqualTo(3);
    assertThat(ledger.losses())
        .singleElement()
        .satisfies(
            loss -> {
              assertThat(loss.kind()).isEqualTo(Loss.Kind.CUT_SHORT);
              assertThat(loss.detail()).contains("3 calls").contains("max-batches");
            });
  }
}
