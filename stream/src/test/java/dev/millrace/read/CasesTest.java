package dev.millrace.read;

import static dev.millrace.read.FakeKinesis.START;
import static dev.millrace.read.FakeKinesis.STREAM;
import static dev.millrace.read.FakeKinesis.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.read.FetchEvent.Fetched;
import dev.millrace.read.FetchOptions.OnLoss;
import dev.millrace.read.KinesisException.Kind;
import dev.millrace.stream.Bound;
import dev.millrace.stream.HashKeyRange;
import dev.millrace.stream.Ledger;
import dev.millrace.stream.Loss;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.Position;
import dev.millrace.stream.ShardFacts;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.ShardScan;
import dev.millrace.stream.UserRecord;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Cases that a trusted reader passes, as far as no other test has them; docs/internals/cases.md
 * says where each of the thirty is.
 */
class CasesTest {
  private static final FetchOptions CONTINUE = FetchOptions.defaults().withOnLoss(OnLoss.CONTINUE);

  private final FakeKinesis kinesis = new FakeKinesis();
  private final Ledger ledger = new Ledger();
  private final StepFetch fetch = new StepFetch(kinesis, FetchOptions.defaults(), ledger);
  private final List<UserRecord> delivered = new ArrayList<>();

  private FollowContext context() {
    return context(fetch);
  }

  private FollowContext context(StepFetch by) {
    return new FollowContext(
        new ControlCalls(kinesis, new Random(1), nanos -> {}),
        by,
        Retrieval.polling(),
        ledger,
        by::nanos,
        nanos -> kinesis.advance(Duration.ofNanos(nanos)));
  }

  private Following follow(Position from) {
    return Following.start(STREAM, from, context());
  }

  private void run(Following following, Duration time) throws InterruptedException {
    Instant end = kinesis.now().plus(time);
    while (kinesis.now().isBefore(end)) {
      Optional<FetchEvent> event = following.poll(Duration.between(kinesis.now(), end));
      if (event.isPresent() && event.get() instanceof Fetched fetched) {
        delivered.addAll(fetched.batch().records());
      }
    }
  }

  private static List<String> texts(List<UserRecord> records) {
    return records.stream()
        .map(record -> new String(record.copyData(), StandardCharsets.UTF_8))
        .toList();
  }

  private SingleThread scan(ShardId shard, Position from, Bound to, FetchOptions options) {
    return new SingleThread(kinesis, new ShardScan(STREAM, shard, from, to), options);
  }

  private SingleThread scan(ShardId shard, Position from, Bound to) {
    return scan(shard, from, to, FetchOptions.defaults());
  }

  private void closeInto(ShardId parent, String... children) {
    for (String child : children) {
      kinesis.open(child, parent.value());
    }
    kinesis.close(parent, children);
  }

  @Test
  void case01_splitDuringARead_everyRecordOnceParentFirst() throws InterruptedException {
    ShardId parent = kinesis.open("parent");
    kinesis.put(parent, "p0");
    try (Following following = follow(Position.trimHorizon())) {
      run(following, Duration.ofSeconds(1));
      kinesis.put(parent, "p1");
      closeInto(parent, "left", "right");
      kinesis.put(new ShardId("left"), "l0");
      kinesis.put(new ShardId("right"), "r0");
      run(following, Duration.ofSeconds(3));
    }
    assertThat(texts(delivered)).startsWith("p0", "p1");
    assertThat(texts(delivered)).containsExactlyInAnyOrder("p0", "p1", "l0", "r0");
  }

  @Test
  void case04_reshardedBeforeTheFirstRead_closedShardsAreRead() throws InterruptedException {
    ShardId parent = kinesis.open("parent");
    kinesis.put(parent, "p0");
    closeInto(parent, "left", "right");
    kinesis.put(new ShardId("right"), "r0");
    try (Following following = follow(Position.trimHorizon())) {
      run(following, Duration.ofSeconds(2));
    }
    assertThat(texts(delivered)).containsExactly("p0", "r0");
  }

  @Test
  void case06_emptyShortLivedShardsInBetween_holdNothingUp() throws InterruptedException {
    ShardId first = kinesis.open("s0");
    kinesis.put(first, "old");
    ShardId last = first;
    for (int i = 1; i <= 20; i++) {
      closeInto(last, "s" + i);
      last = new ShardId("s" + i);
    }
    kinesis.put(last, "new");
    try (Following following = follow(Position.trimHorizon())) {
      run(following, Duration.ofSeconds(10));
    }
    assertThat(texts(delivered)).containsExactly("old", "new");
  }

  @Test
  void case08_endWithoutChildShards_childrenAreFoundInTheListing() throws InterruptedException {
    ShardId parent = kinesis.open("parent");
    kinesis.open("child", "parent");
    kinesis.close(parent);
    kinesis.put(new ShardId("child"), "c0");
    try (Following following = follow(Position.trimHorizon())) {
      run(following, Duration.ofSeconds(1));
    }
    assertThat(texts(delivered)).containsExactly("c0");
  }

  @Test
  void case09_listingShowsOneHalfOfASplitForThirtySeconds_theOtherIsReadWhenItShows()
      throws InterruptedException {
    BigInteger five = BigInteger.valueOf(5);
    ShardId parent = kinesis.open("parent");
    try (Following following = follow(Position.latest())) {
      ShardId left = kinesis.open("left", "parent");
      kinesis.withHashKeys(left, new HashKeyRange(BigInteger.ZERO, five));
      kinesis.close(parent);
      kinesis.put(left, "l0");
      run(following, Duration.ofSeconds(30));
      assertThat(texts(delivered)).containsExactly("l0");
      ShardId right = kinesis.open("right", "parent");
      kinesis.withHashKeys(right, new HashKeyRange(BigInteger.valueOf(6), BigInteger.TEN));
      kinesis.put(right, "r0");
      run(following, Duration.ofSeconds(4));
    }
    assertThat(texts(delivered)).containsExactly("l0", "r0");
    assertThat(ledger.losses()).isEmpty();
  }

  @Test
  void case09_halfThatNeverShows_isInTheLedger() throws InterruptedException {
    ShardId parent = kinesis.open("parent");
    try (Following following = follow(Position.latest())) {
      ShardId left = kinesis.open("left", "parent");
      kinesis.withHashKeys(left, new HashKeyRange(BigInteger.ZERO, BigInteger.ONE));
      kinesis.close(parent);
      run(following, Following.CHILDREN_WITHIN.plusSeconds(10));
    }
    assertThat(ledger.losses()).extracting(Loss::kind).containsExactly(Loss.Kind.CUT_SHORT);
    assertThat(ledger.losses().get(0).detail()).contains("do not take all its hash keys");
  }

  @Test
  void case11_splitJustAfterALatestStart_nothingOfTheChildrenIsLost() throws InterruptedException {
    ShardId parent = kinesis.open("parent");
    kinesis.put(parent, "before");
    try (Following following = follow(Position.latest())) {
      run(following, Duration.ofMillis(100));
      kinesis.put(parent, "p");
      closeInto(parent, "left", "right");
      kinesis.put(new ShardId("left"), "l");
      kinesis.put(new ShardId("right"), "r");
      run(following, Duration.ofSeconds(2));
    }
    assertThat(texts(delivered)).containsExactlyInAnyOrder("p", "l", "r");
  }

  @Test
  void childsFirstRecord_comesWithinASecondOfTheParentsLast() throws InterruptedException {
    ShardId parent = kinesis.open("parent");
    try (Following following = follow(Position.latest())) {
      run(following, Duration.ofMinutes(1));
      kinesis.put(parent, "last");
      closeInto(parent, "child");
      kinesis.put(new ShardId("child"), "first");
      run(following, Duration.ofSeconds(1));
    }
    assertThat(texts(delivered)).containsExactly("last", "first");
  }

  @Test
  void case15_iteratorExpiresInSixMinutesOfBackPressure_nothingIsLost() {
    ShardId shard = kinesis.open("shard");
    kinesis.pageSize = 2;
    IntStream.range(0, 6).forEach(i -> kinesis.put(shard, "r" + i));
    Bound to = Bound.tipAsOf(kinesis.now());
    fetch.add(new ShardScan(STREAM, shard, Position.trimHorizon(), to));
    while (!fetch.isDone()) {
      fetch
          .poll(Duration.ofMinutes(1))
          .filter(event -> event instanceof Fetched)
          .ifPresent(event -> delivered.addAll(((Fetched) event).batch().records()));
      kinesis.advance(Duration.ofMinutes(6));
    }
    assertThat(texts(delivered)).containsExactly("r0", "r1", "r2", "r3", "r4", "r5");
    assertThat(kinesis.iteratorsAskedFor).hasSizeGreaterThan(2);
  }

  @Test
  void case17_positionTrimmed_isReported_andFailsOrGoesOn() {
    ShardId shard = kinesis.open("shard");
    IntStream.range(0, 6).forEach(i -> kinesis.put(shard, "r" + i));
    Position afterSecond = Position.after(kinesis.records(shard).get(1).sequence());
    kinesis.trim(shard, 4);
    Bound tip = Bound.tipAsOf(kinesis.now());

    SingleThread failing = scan(shard, afterSecond, tip);
    Step failed = failing.run(1_000);
    assertThat(((Step.Failed) failed).cause())
        .hasMessageContaining("may be gone")
        .hasMessageContaining("on-loss=continue");
    assertThat(failing.delivered).isEmpty();

    SingleThread going = scan(shard, afterSecond, tip, CONTINUE);
    going.runToEnd();
    assertThat(going.texts()).containsExactly("r4", "r5");
    assertThat(going.ledger.losses()).extracting(Loss::kind).containsExactly(Loss.Kind.TRIMMED);
  }

  @Test
  void case17_everythingAfterThePositionTrimmed_isReportedAtTheEnd() {
    ShardId shard = kinesis.open("shard");
    IntStream.range(0, 3).forEach(i -> kinesis.put(shard, "r" + i));
    Position afterFirst = Position.after(kinesis.records(shard).get(0).sequence());
    kinesis.trim(shard, 3);

    SingleThread going = scan(shard, afterFirst, Bound.tipAsOf(kinesis.now()), CONTINUE);
    going.runToEnd();

    assertThat(going.ledger.losses()).extracting(Loss::kind).containsExactly(Loss.Kind.TRIMMED);
  }

  @Test
  void case17_positionTrimmedButReadToAfterTheHorizon_isNoLoss() {
    ShardId shard = kinesis.open("shard");
    kinesis.put(shard, "long ago");
    Position after = Position.after(kinesis.records(shard).get(0).sequence());
    kinesis.advance(Duration.ofHours(30));
    kinesis.trim(shard, 1);
    kinesis.put(shard, "new");
    ShardFacts facts =
        ShardFacts.none()
            .withRetention(Duration.ofHours(24))
            .withReadTo(kinesis.now().minus(Duration.ofHours(1)));

    SingleThread scan =
        new SingleThread(
            kinesis,
            new ShardScan(STREAM, shard, after, Bound.tipAsOf(kinesis.now()), facts),
            FetchOptions.defaults());
    scan.runToEnd();

    assertThat(scan.texts()).containsExactly("new");
    assertThat(scan.ledger.losses()).isEmpty();
  }

  @Test
  void case17_horizonOvertakesASlowScan_isReported() {
    ShardId shard = kinesis.open("shard");
    kinesis.pageSize = 2;
    IntStream.range(0, 6)
        .forEach(
            i -> {
              kinesis.put(shard, "r" + i);
              kinesis.advance(Duration.ofHours(1));
            });
    ShardFacts facts = ShardFacts.none().withRetention(Duration.ofHours(24));
    StepFetch going = new StepFetch(kinesis, CONTINUE, ledger);
    going.add(
        new ShardScan(STREAM, shard, Position.trimHorizon(), Bound.tipAsOf(kinesis.now()), facts));
    going.poll(Duration.ofMinutes(1));
    kinesis.advance(Duration.ofHours(22));
    kinesis.trim(shard, 4);
    List<UserRecord> rest = new ArrayList<>();
    while (!going.isDone()) {
      going
          .poll(Duration.ofMinutes(1))
          .filter(event -> event instanceof Fetched)
          .ifPresent(event -> rest.addAll(((Fetched) event).batch().records()));
    }

    assertThat(texts(rest)).containsExactly("r4", "r5");
    assertThat(ledger.losses()).extracting(Loss::kind).containsExactly(Loss.Kind.TRIMMED);
  }

  @Test
  void case18_streamRecreated_oldPositionsAreRefused() throws InterruptedException {
    ShardId shard = kinesis.open("shard");
    kinesis.put(shard, "r");
    StreamProgress stored;
    try (Following following = follow(Position.trimHorizon())) {
      run(following, Duration.ofSeconds(1));
      stored = following.progress();
    }
    kinesis.created = START.plusSeconds(1);

    assertThatThrownBy(() -> Following.resume(STREAM, stored, context()))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("Start it anew");
  }

  @Test
  void restart_goesOnWhereItStood_childrenIncluded() throws InterruptedException {
    ShardId parent = kinesis.open("parent");
    kinesis.put(parent, "p0");
    StreamProgress stored;
    try (Following following = follow(Position.trimHorizon())) {
      run(following, Duration.ofSeconds(1));
      stored = following.progress();
    }
    kinesis.put(parent, "p1");
    closeInto(parent, "left", "right");
    kinesis.put(new ShardId("left"), "l0");
    try (Following following = Following.resume(STREAM, stored, context())) {
      run(following, Duration.ofSeconds(3));
      stored = following.progress();
    }
    kinesis.put(new ShardId("right"), "r0");
    try (Following following = Following.resume(STREAM, stored, context())) {
      run(following, Duration.ofSeconds(3));
    }
    assertThat(texts(delivered)).containsExactly("p0", "p1", "l0", "r0");
  }

  @Test
  void restart_afterEveryKnownShardExpired_readsWhatIsThere() throws InterruptedException {
    ShardId old = kinesis.open("old");
    StreamProgress stored;
    try (Following following = follow(Position.trimHorizon())) {
      run(following, Duration.ofSeconds(1));
      stored = following.progress();
    }
    kinesis.expire(old);
    ShardId grandchild = kinesis.open("grandchild", "expired child");
    kinesis.put(grandchild, "g0");
    StepFetch going = new StepFetch(kinesis, CONTINUE, ledger);
    try (Following following = Following.resume(STREAM, stored, context(going))) {
      run(following, Duration.ofSeconds(3));
    }
    assertThat(texts(delivered)).containsExactly("g0");
    assertThat(ledger.losses()).extracting(Loss::kind).containsExactly(Loss.Kind.VANISHED);
  }

  @Test
  void case20_rivalTakesHalfTheQuota_pacingAdapts() {
    ShardId shard = kinesis.open("shard");
    kinesis.pageSize = 1;
    IntStream.range(0, 2_000).forEach(i -> kinesis.put(shard, "r" + i));
    int[] tries = {0, 0};
    long[] second = {-1, 0};
    kinesis.beforeRecordCall =
        () -> {
          tries[0]++;
          long now = Duration.between(START, kinesis.now()).toSeconds();
          second[1] = now == second[0] ? second[1] + 1 : 1;
          second[0] = now;
          // The rival left two and a half calls of every second.
          if (second[1] > 2 + now % 2) {
            tries[1]++;
            throw failure(Kind.THROTTLED);
          }
        };
    SingleThread scan = scan(shard, Position.trimHorizon(), Bound.tipAsOf(START));

    scan.runToEnd();

    long seconds = Duration.between(START, kinesis.now()).toSeconds();
    assertThat(scan.delivered).hasSize(2_000);
    assertThat(tries[1]).as("throttled of %s tries", tries[0]).isLessThan(tries[0] / 4);
    assertThat(2_000 / (double) seconds).as("calls a second of the 2.5 left").isGreaterThan(1.8);
  }

  @Test
  void case21_tenMebibyteAnswer_delaysTheNextCallByItsCost() {
    ShardId shard = kinesis.open("shard");
    byte[] mebibyte = new byte[1 << 20];
    IntStream.range(0, 20).forEach(i -> kinesis.put(shard, mebibyte, START));
    kinesis.pageSize = 10;
    List<Instant> calls = new ArrayList<>();
    kinesis.beforeRecordCall = () -> calls.add(kinesis.now());

    scan(shard, Position.trimHorizon(), Bound.tipAsOf(START)).runToEnd();

    assertThat(Duration.between(calls.get(0), calls.get(1))).isGreaterThan(Duration.ofSeconds(5));
    assertThat(Duration.between(calls.get(1), calls.get(2))).isGreaterThan(Duration.ofSeconds(5));
  }

  @Test
  void case22_recordsOfEverySize_areRecords() {
    ShardId shard = kinesis.open("shard");
    kinesis.put(shard, new byte[10 << 20], START);
    kinesis.put(shard, new byte[0], START);
    IntStream.range(0, 10_000).forEach(i -> kinesis.put(shard, new byte[] {1}, START));

    SingleThread scan = scan(shard, Position.trimHorizon(), Bound.tipAsOf(START));
    scan.runToEnd();

    assertThat(scan.delivered).hasSize(10_002);
    assertThat(scan.delivered.get(0).length()).isEqualTo(10 << 20);
    assertThat(scan.delivered.get(1).length()).isZero();
  }

  @Test
  void case23_resumeAfterAUserRecordInsideAnAggregate() {
    ShardId shard = kinesis.open("shard");
    kinesis.put(shard, "plain");
    UserRecord aggregate =
        kinesis.put(
            shard,
            new KplAggregate().add("a", "u0").add("b", "u1").add("a", "u2").toBytes(),
            START);
    kinesis.put(shard, "after");
    Bound tip = Bound.tipAsOf(START);

    for (int k = 0; k < 3; k++) {
      SingleThread scan = scan(shard, Position.after(aggregate.sequence(), k), tip);
      scan.runToEnd();
      assertThat(scan.texts()).isEqualTo(List.of("u0", "u1", "u2", "after").subList(k + 1, 4));
    }
    SingleThread whole = scan(shard, Position.trimHorizon(), tip);
    whole.runToEnd();
    assertThat(whole.texts()).containsExactly("plain", "u0", "u1", "u2", "after");
    assertThat(whole.delivered.get(2).partitionKey()).isEqualTo("b");
    assertThat(whole.reader.position())
        .isEqualTo(Position.after(kinesis.records(shard).get(2).sequence()));
  }

  @Test
  void case23_aggregateLargerThanABatch_isCutAndGoesOnFromEveryCut() {
    ShardId shard = kinesis.open("shard");
    KplAggregate large = new KplAggregate();
    int size = 2 * Unpacking.MAX_BATCH + 5;
    IntStream.range(0, size).forEach(i -> large.add("k", Integer.toString(i)));
    kinesis.put(shard, "first");
    kinesis.put(shard, large.toBytes(), START);
    fetch.add(new ShardScan(STREAM, shard, Position.trimHorizon(), Bound.tipAsOf(kinesis.now())));
    List<RecordBatch> batches = new ArrayList<>();
    while (!fetch.isDone()) {
      fetch
          .poll(Duration.ofMinutes(1))
          .filter(event -> event instanceof Fetched)
          .ifPresent(event -> batches.add(((Fetched) event).batch()));
    }
    assertThat(batches)
        .extracting(batch -> batch.records().size())
        .containsExactly(1, 10_000, 10_000, 5);

    int before = 0;
    for (RecordBatch batch : batches) {
      before += batch.records().size();
      SingleThread rest = scan(shard, batch.end(), Bound.tipAsOf(kinesis.now()));
      rest.runToEnd();
      assertThat(rest.delivered).hasSize(size + 1 - before);
      SingleThread most = scan(shard, batch.positionAfter(0), Bound.tipAsOf(kinesis.now()));
      most.runToEnd();
      assertThat(most.delivered).hasSize(size + 1 - (before - batch.records().size() + 1));
    }
  }

  @Test
  void case24_damagedAggregates_areDeliveredRawAndCounted() {
    ShardId shard = kinesis.open("shard");
    byte[] whole = new KplAggregate().add("a", "u0").toBytes();
    byte[] badMd5 = whole.clone();
    badMd5[badMd5.length - 1]++;
    byte[] truncated = java.util.Arrays.copyOf(whole, whole.length - 5);
    byte[] nothingInside = KplAggregate.wrap(new byte[0]);
    byte[] ordinary = {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2, 'x'};
    List<byte[]> all = List.of(badMd5, truncated, nothingInside, ordinary);
    all.forEach(data -> kinesis.put(shard, data, START));
    int[] counted = {0};
    ReadMetrics metrics =
        new ReadMetrics() {
          @Override
          public void damagedAggregate(ShardScan scan) {
            counted[0]++;
          }
        };

    SingleThread scan =
        scan(
            shard,
            Position.trimHorizon(),
            Bound.tipAsOf(START),
            FetchOptions.defaults().withMetrics(metrics));
    scan.runToEnd();

    assertThat(scan.delivered).extracting(UserRecord::copyData).containsExactlyElementsOf(all);
    assertThat(counted[0]).isEqualTo(4);
    assertThat(scan.ledger.losses()).extracting(Loss::kind).containsExactly(Loss.Kind.UNDECODABLE);
  }

  @Test
  void case25_aggregateStraddlingASplit_isFlaggedCountedAndWhole() {
    BigInteger half = BigInteger.ONE.shiftLeft(127);
    HashKeyRange lower = new HashKeyRange(BigInteger.ZERO, half.subtract(BigInteger.ONE));
    ShardId shard = kinesis.withHashKeys(kinesis.open("left"), lower);
    kinesis.put(
        shard, new KplAggregate().add("a", "mine").add("b", "my sibling's").toBytes(), START);
    int[] counted = {0};
    ReadMetrics metrics =
        new ReadMetrics() {
          @Override
          public void outOfRange(ShardScan scan, int userRecords) {
            counted[0] += userRecords;
          }
        };
    SingleThread scan =
        new SingleThread(
            kinesis,
            new ShardScan(
                STREAM,
                shard,
                Position.trimHorizon(),
                Bound.tipAsOf(START),
                ShardFacts.none().withHashKeys(lower)),
            FetchOptions.defaults().withMetrics(metrics));

    scan.runToEnd();

    assertThat(scan.texts()).containsExactly("mine", "my sibling's");
    assertThat(scan.delivered).extracting(UserRecord::outOfRange).containsExactly(false, true);
    assertThat(counted[0]).isEqualTo(1);
  }

  @Test
  void case28_sequenceNumbersOfDifferentWidths_areComparedAsNumbers() {
    ShardId shard = kinesis.open("shard");
    kinesis.lastSequence = 80;
    IntStream.range(0, 6).forEach(i -> kinesis.put(shard, "r" + i));
    List<UserRecord> records = kinesis.records(shard);
    assertThat(records.get(1).sequence().digits()).hasSize(2);
    assertThat(records.get(4).sequence().digits()).hasSize(3);

    SingleThread before =
        scan(shard, Position.trimHorizon(), Bound.before(records.get(4).sequence()));
    before.runToEnd();
    SingleThread after =
        scan(shard, Position.after(records.get(1).sequence()), Bound.tipAsOf(START));
    after.runToEnd();

    assertThat(before.texts()).containsExactly("r0", "r1", "r2", "r3");
    assertThat(after.texts()).containsExactly("r2", "r3", "r4", "r5");
  }

  @Test
  void case17_inclusiveStartThatWasThere_isReportedWhereItIsGone() {
    ShardId shard = kinesis.open("shard");
    IntStream.range(0, 4).forEach(i -> kinesis.put(shard, "r" + i));
    Position at = Position.at(kinesis.records(shard).get(1).sequence());
    ShardScan scan =
        new ShardScan(STREAM, shard, at, Bound.tipAsOf(START), ShardFacts.none().withStartThere());

    SingleThread whole = new SingleThread(kinesis, scan, CONTINUE);
    whole.runToEnd();
    assertThat(whole.texts()).containsExactly("r1", "r2", "r3");
    assertThat(whole.ledger.losses()).isEmpty();

    kinesis.trim(shard, 3);
    SingleThread trimmed = new SingleThread(kinesis, scan, CONTINUE);
    trimmed.runToEnd();
    assertThat(trimmed.texts()).containsExactly("r3");
    assertThat(trimmed.ledger.losses()).extracting(Loss::kind).containsExactly(Loss.Kind.TRIMMED);
  }

  @Test
  void case17_emptyAnswerFirst_doesNotHideWhatIsGone() {
    ShardId shard = kinesis.open("shard");
    IntStream.range(0, 4).forEach(i -> kinesis.put(shard, "r" + i));
    Position after = Position.after(kinesis.records(shard).get(0).sequence());
    kinesis.trim(shard, 2);
    kinesis.emptyAnswersFirst = 1;

    SingleThread going = scan(shard, after, Bound.tipAsOf(START), CONTINUE);
    going.runToEnd();

    assertThat(going.texts()).containsExactly("r2", "r3");
    assertThat(going.ledger.losses()).extracting(Loss::kind).containsExactly(Loss.Kind.TRIMMED);
  }

  @Test
  void restart_finishedShardsThatExpired_areNotWaitedFor() throws InterruptedException {
    ShardId first = kinesis.open("first");
    ShardId second = kinesis.open("second", "first");
    kinesis.close(first, "second");
    kinesis.open("third", "second");
    kinesis.close(second, "third");
    StreamProgress stored;
    try (Following following = follow(Position.trimHorizon())) {
      run(following, Duration.ofSeconds(3));
      stored = following.progress();
    }
    assertThat(stored.shards()).hasSizeGreaterThanOrEqualTo(2);
    kinesis.advance(Duration.ofHours(25));
    kinesis.expire(first);
    kinesis.expire(second);
    kinesis.put(new ShardId("third"), "t0");
    int listings = kinesis.listCalls;
    try (Following following = Following.resume(STREAM, stored, context())) {
      run(following, Following.CHILDREN_WITHIN.plusSeconds(10));
    }
    assertThat(texts(delivered)).containsExactly("t0");
    assertThat(kinesis.listCalls).isLessThan(listings + 5);
    assertThat(ledger.losses()).isEmpty();
  }

  @Test
  void restart_ofAShardThatWasIdleLongerThanRetention_losesNothing() throws InterruptedException {
    ShardId shard = kinesis.open("shard");
    kinesis.put(shard, "long ago");
    StreamProgress stored;
    try (Following following = follow(Position.trimHorizon())) {
      run(following, Duration.ofHours(25));
      stored = following.progress();
    }
    kinesis.trim(shard, 1);
    kinesis.put(shard, "new");
    try (Following following = Following.resume(STREAM, stored, context())) {
      run(following, Duration.ofSeconds(3));
    }
    assertThat(texts(delivered)).containsExactly("long ago", "new");
    assertThat(ledger.losses()).isEmpty();
  }
}
