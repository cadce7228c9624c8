package dev.millrace.aws;

import static dev.millrace.aws.FanOutFixture.FIRST;
import static dev.millrace.aws.FanOutFixture.STREAM;
import static dev.millrace.aws.FanOutFixture.SUBSCRIBE;
import static dev.millrace.aws.FanOutFixture.await;
import static dev.millrace.aws.FanOutFixture.shard;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.FanOut;
import dev.millrace.emulator.Fault;
import dev.millrace.read.Fetch;
import dev.millrace.read.FetchEvent;
import dev.millrace.read.FetchOptions;
import dev.millrace.read.FetchPool;
import dev.millrace.read.Pacing;
import dev.millrace.read.ReadMetrics;
import dev.millrace.read.Retrieval;
import dev.millrace.read.ScanEnd;
import dev.millrace.read.ShardBudgets;
import dev.millrace.read.Subscription;
import dev.millrace.stream.Bound;
import dev.millrace.stream.Ledger;
import dev.millrace.stream.Position;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.ShardScan;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The shard reader on threads, over HTTP/2 against the emulator: exact, whatever happens. */
@Timeout(180)
class FanOutReadingTest {
  private static final FanOut FREE = FanOut.defaults().withTakeOverAfter(Duration.ZERO);

  private FanOutFixture fixture = FanOutFixture.with(FREE);
  private final Recorder recorder = new Recorder();
  private final Ledger ledger = new Ledger();

  @AfterEach
  void close() {
    fixture.close();
  }

  private void restart(FanOut fanOut, int shards) {
    fixture.close();
    fixture = FanOutFixture.with(EmulatorOptions.defaults().withFanOut(fanOut), shards);
  }

  /** What the reader did, as it told. */
  private static final class Recorder implements ReadMetrics {
    private final Map<Call, AtomicLong> calls = new ConcurrentHashMap<>();
    private final List<String> fallBacks = new CopyOnWriteArrayList<>();
    private final AtomicLong bytes = new AtomicLong();

    @Override
    public void received(ShardScan scan, int records, long received) {
      bytes.addAndGet(received);
    }

    @Override
    public void called(ShardScan scan, Call call) {
      calls.computeIfAbsent(call, key -> new AtomicLong()).incrementAndGet();
    }

    @Override
    public void fellBack(ShardScan scan, String why) {
      fallBacks.add(why);
    }

    long count(Call call) {
      AtomicLong count = calls.get(call);
      return count == null ? 0 : count.get();
    }
  }

  private FetchOptions options() {
    return FetchOptions.defaults().withMetrics(recorder);
  }

  /** With as little memory as may be. */
  private FetchOptions small() {
    return options().withBufferBytes(FetchOptions.MAX_ANSWER_BYTES);
  }

  private Fetch start() {
    return start(options());
  }

  private Fetch start(FetchOptions options) {
    return new FetchPool(
            fixture.kinesis, options, new ShardBudgets(Pacing.ofService()), ledger, new Random(5))
        .start();
  }

  private Retrieval fanOut() {
    return Retrieval.fanOut(fixture.consumer);
  }

  private static ShardScan follow(ShardId shard) {
    return new ShardScan(STREAM, shard, Position.trimHorizon(), Bound.never());
  }

  /** Takes events until there are as many records as that. */
  private static void take(Fetch fetch, List<String> into, int count) throws InterruptedException {
    long deadline = System.nanoTime() + FanOutFixture.PATIENCE.toNanos();
    while (into.size() < count) {
      assertThat(System.nanoTime() - deadline).as("got %d of %d", into.size(), count).isNegative();
      fetch
          .poll(Duration.ofSeconds(1))
          .filter(FetchEvent.Fetched.class::isInstance)
          .map(FetchEvent.Fetched.class::cast)
          .ifPresent(
              event -> event.batch().records().forEach(r -> into.add(FanOutFixture.text(r))));
    }
  }

  /** Puts records and takes them, one by one, until something has happened. */
  private void go(
      Fetch fetch,
      List<String> got,
      List<String> expected,
      java.util.function.BooleanSupplier until)
      throws InterruptedException {
    long deadline = System.nanoTime() + FanOutFixture.PATIENCE.toNanos();
    while (!until.getAsBoolean()) {
      assertThat(System.nanoTime() - deadline)
          .as("%s %s", recorder.calls, recorder.fallBacks)
          .isNegative();
      expected.addAll(fixture.put(expected.size(), expected.size() + 1));
      take(fetch, got, expected.size());
    }
  }

  /** Everything of a scan, shard by shard. */
  private static Map<ShardId, List<String>> all(Fetch fetch, List<ScanEnd> ends)
      throws InterruptedException {
    Map<ShardId, List<String>> texts =
        new TreeMap<>(java.util.Comparator.comparing(ShardId::value));
    long deadline = System.nanoTime() + FanOutFixture.PATIENCE.toNanos();
    while (!fetch.isDone()) {
      assertThat(System.nanoTime() - deadline).isNegative();
      fetch
          .poll(Duration.ofSeconds(1))
          .ifPresent(
              event -> {
                if (event instanceof FetchEvent.Fetched fetched) {
                  fetched
                      .batch()
                      .records()
                      .forEach(
                          r ->
                              texts
                                  .computeIfAbsent(r.shard(), key -> new ArrayList<>())
                                  .add(FanOutFixture.text(r)));
                } else if (event instanceof FetchEvent.Ended ended) {
                  ends.add(ended.end());
                }
              });
    }
    return texts;
  }

  @Test
  void boundedScan_byFanOut_endsAndEqualsThePolledOne() throws Exception {
    restart(FREE, 4);
    for (int i = 0; i < 2_000; i++) {
      fixture.streams().put(STREAM.name(), "key" + i, ("r" + i).getBytes(StandardCharsets.UTF_8));
    }
    Instant snapshot = fixture.kinesis.summary(STREAM).serviceTime();
    List<ScanEnd> ends = new ArrayList<>();
    Map<ShardId, List<String>> polled;
    Map<ShardId, List<String>> pushed;
    try (Fetch fetch = start()) {
      for (int i = 0; i < 4; i++) {
        fetch.add(bounded(i, snapshot));
      }
      polled = all(fetch, ends);
    }
    long calls = recorder.count(ReadMetrics.Call.RECORDS);
    assertThat(recorder.count(ReadMetrics.Call.SUBSCRIBE)).isZero();
    try (Fetch fetch = start()) {
      for (int i = 0; i < 4; i++) {
        fetch.add(bounded(i, snapshot), fanOut());
      }
      pushed = all(fetch, ends);
    }

    assertThat(pushed).isEqualTo(polled);
    assertThat(pushed.values().stream().mapToInt(List::size).sum()).isEqualTo(2_000);
    assertThat(ends).hasSize(8).extracting(ScanEnd::reason).containsOnly(ScanEnd.Reason.BOUND);
    assertThat(recorder.count(ReadMetrics.Call.SUBSCRIBE)).isEqualTo(4);
    assertThat(recorder.count(ReadMetrics.Call.RECORDS) - calls).isLessThanOrEqualTo(calls);
    assertThat(recorder.fallBacks).isEmpty();
    assertThat(ledger.losses()).isEmpty();
  }

  private static ShardScan bounded(int shard, Instant snapshot) {
    return new ShardScan(STREAM, shard(shard), Position.trimHorizon(), Bound.tipAsOf(snapshot));
  }

  @Test
  void closedShard_isReadToItsEnd_andNamesItsChildren() throws Exception {
    List<String> expected = fixture.put(0, 100);
    fixture.streams().split(STREAM.name(), FIRST.value());
    List<ScanEnd> ends = new ArrayList<>();
    try (Fetch fetch = start()) {
      fetch.add(follow(FIRST), fanOut());

      assertThat(all(fetch, ends)).isEqualTo(Map.of(FIRST, expected));
    }
    assertThat(ends).hasSize(1);
    assertThat(ends.get(0).reason()).isEqualTo(ScanEnd.Reason.SHARD_END);
    assertThat(ends.get(0).children()).hasSize(2);
    assertThat(recorder.count(ReadMetrics.Call.RECORDS)).isZero();
  }

  @Test
  void subscriptionsThatExpire_areRenewed_andNothingIsLostOrDoubled() throws Exception {
    restart(FREE.withSubscriptionLife(Duration.ofSeconds(6)), 1);
    List<String> got = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    try (Fetch fetch = start()) {
      fetch.add(follow(FIRST), fanOut());

      go(fetch, got, expected, () -> recorder.count(ReadMetrics.Call.SUBSCRIBE) >= 3);
    }
    assertThat(got).isEqualTo(expected);
    assertThat(recorder.fallBacks).isEmpty();
    assertThat(recorder.count(ReadMetrics.Call.RECORDS)).isZero();
  }

  @Test
  void resetInAnEvent_isPolledOver_andFanOutComesBack() throws Exception {
    List<String> got = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    try (Fetch fetch = start()) {
      fetch.add(follow(FIRST), fanOut());
      go(fetch, got, expected, () -> !got.isEmpty());
      assertThat(recorder.count(ReadMetrics.Call.RECORDS)).isZero();

      fixture.faults().next(1, Fault.resetStream(), SUBSCRIBE);
      go(fetch, got, expected, () -> !recorder.fallBacks.isEmpty());
      go(fetch, got, expected, () -> recorder.count(ReadMetrics.Call.RECORDS) > 0);
      go(fetch, got, expected, () -> recorder.count(ReadMetrics.Call.SUBSCRIBE) == 2);
      long calls = recorder.count(ReadMetrics.Call.RECORDS);
      expected.addAll(fixture.put(expected.size(), expected.size() + 50));
      take(fetch, got, expected.size());
      assertThat(recorder.count(ReadMetrics.Call.RECORDS)).isEqualTo(calls);
    }
    assertThat(got).isEqualTo(expected);
    assertThat(recorder.fallBacks).singleElement().asString().contains("inside an event");
  }

  @Test
  void stalledSubscription_isLeft_polledOver_andFanOutComesBack() throws Exception {
    List<String> got = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    try (Fetch fetch = start()) {
      fetch.add(follow(FIRST), fanOut());
      go(fetch, got, expected, () -> !got.isEmpty());
      assertThat(recorder.count(ReadMetrics.Call.RECORDS)).isZero();

      fixture.faults().next(1, Fault.stall(), SUBSCRIBE);
      go(fetch, got, expected, () -> !recorder.fallBacks.isEmpty());
      go(fetch, got, expected, () -> recorder.count(ReadMetrics.Call.RECORDS) > 0);
      go(fetch, got, expected, () -> recorder.count(ReadMetrics.Call.SUBSCRIBE) == 2);
      expected.addAll(fixture.put(expected.size(), expected.size() + 50));
      take(fetch, got, expected.size());
    }
    assertThat(got).isEqualTo(expected);
    assertThat(recorder.fallBacks).containsExactly("it was silent for 15 s");
  }

  @Test
  void deregisteredConsumer_isPolledForGood() throws Exception {
    List<String> got = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    try (Fetch fetch = start()) {
      fetch.add(follow(FIRST), fanOut());
      go(fetch, got, expected, () -> !got.isEmpty());
      assertThat(recorder.count(ReadMetrics.Call.RECORDS)).isZero();

      fixture.streams().deregisterConsumer(fixture.consumer.value());
      go(fetch, got, expected, () -> recorder.count(ReadMetrics.Call.RECORDS) > 20);
    }
    assertThat(got).isEqualTo(expected);
    assertThat(recorder.fallBacks).singleElement().asString().contains("ResourceNotFound");
    assertThat(recorder.count(ReadMetrics.Call.SUBSCRIBE)).isEqualTo(1);
    assertThat(ledger.losses()).isEmpty();
  }

  @Test
  void rivalThatTakesOver_isLeftAlone_andNothingIsLost() throws Exception {
    restart(FREE.withFailingTakeOver(), 1);
    List<String> got = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    try (Fetch fetch = start()) {
      fetch.add(follow(FIRST), fanOut());
      go(fetch, got, expected, () -> !got.isEmpty());
      assertThat(recorder.count(ReadMetrics.Call.RECORDS)).isZero();

      Subscription rival = fixture.subscribe(Position.latest());
      go(fetch, got, expected, () -> recorder.count(ReadMetrics.Call.RECORDS) > 5);
      rival.close();
    }
    assertThat(got).isEqualTo(expected);
    assertThat(recorder.fallBacks).singleElement().asString().contains("ResourceInUse");
  }

  @Test
  void consumerThatIsBusyForAWhile_holdsThePushesBack_andGoesOnExactlyWhereItStood()
      throws Exception {
    byte[] data = new byte[1 << 16];
    for (int i = 0; i < 1_000; i++) {
      fixture.streams().put(STREAM.name(), "key " + i, data);
    }
    FetchOptions small = small();
    List<String> keys = new ArrayList<>();
    try (Fetch fetch = start(small)) {
      fetch.add(follow(FIRST), fanOut());

      // Part of the memory is held for the next answer.
      await("the memory is used up", () -> recorder.bytes.get() >= small.bufferBytes() / 2);
      while (keys.size() < 1_000) {
        assertThat(recorder.bytes.get()).isLessThan((keys.size() + 500L) * data.length);
        fetch
            .poll(Duration.ofSeconds(30))
            .map(FetchEvent.Fetched.class::cast)
            .orElseThrow()
            .batch()
            .records()
            .forEach(record -> keys.add(record.partitionKey()));
      }
    }
    assertThat(keys).isEqualTo(IntStream.range(0, 1_000).mapToObj(i -> "key " + i).toList());
    assertThat(recorder.fallBacks).isEmpty();
    assertThat(recorder.count(ReadMetrics.Call.RECORDS)).isZero();
  }

  @Test
  void fiftyShardsThroughFaults_areReadExactly() throws Exception {
    restart(FREE, 50);
    fixture.faults().rate(0.05, Fault.cutEvent(), SUBSCRIBE);
    fixture.faults().rate(0.05, Fault.resetStream(), SUBSCRIBE);
    fixture.faults().rate(0.05, Fault.failedSubscription("InternalFailureException"), SUBSCRIBE);
    fixture.faults().rate(0.1, Fault.throttle(), SUBSCRIBE);
    Map<ShardId, List<String>> expected =
        new TreeMap<>(java.util.Comparator.comparing(ShardId::value));
    for (int i = 0; i < 10_000; i++) {
      String text = "r" + i;
      String id =
          fixture
              .streams()
              .put(STREAM.name(), "key" + i, text.getBytes(StandardCharsets.UTF_8))
              .shardId();
      expected.computeIfAbsent(new ShardId(id), key -> new ArrayList<>()).add(text);
    }
    fixture.streams().updateShardCount(STREAM.name(), 25);
    List<ScanEnd> ends = new ArrayList<>();
    try (Fetch fetch = start()) {
      for (int i = 0; i < 50; i++) {
        fetch.add(follow(shard(i)), fanOut());
      }
      assertThat(all(fetch, ends)).isEqualTo(expected);
    }
    assertThat(ends).hasSize(50).extracting(ScanEnd::reason).containsOnly(ScanEnd.Reason.SHARD_END);
    assertThat(recorder.fallBacks).isNotEmpty();
    assertThat(ledger.losses()).isEmpty();
  }
}
