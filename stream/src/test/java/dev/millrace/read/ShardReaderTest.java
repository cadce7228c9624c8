package dev.millrace.read;

import static dev.millrace.read.FakeKinesis.START;
import static dev.millrace.read.FakeKinesis.STREAM;
import static dev.millrace.read.FakeKinesis.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.read.KinesisException.Kind;
import dev.millrace.read.ScanEnd.Reason;
import dev.millrace.stream.Bound;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.Loss;
import dev.millrace.stream.Position;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.ShardScan;
import dev.millrace.stream.UserRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShardReaderTest {
  private static final FetchOptions CONTINUE =
      FetchOptions.defaults().withOnLoss(FetchOptions.OnLoss.CONTINUE);

  private final FakeKinesis kinesis = new FakeKinesis();
  private final ShardId shard = kinesis.open("shardId-000000000000");

  private SingleThread scan(Position from, Bound to) {
    return scan(from, to, FetchOptions.defaults());
  }

  private SingleThread scan(Position from, Bound to, FetchOptions options) {
    return new SingleThread(kinesis, new ShardScan(STREAM, shard, from, to), options);
  }

  private List<String> put(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              kinesis.put(shard, "r" + i);
              return "r" + i;
            })
        .toList();
  }

  @Test
  void spacing_callsAreThatFarApartBehindTheTipAndAtIt() {
    put(30);
    kinesis.advance(Duration.ofSeconds(10));
    kinesis.pageSize = 10;
    List<Long> calls = new ArrayList<>();
    kinesis.beforeRecordCall =
        () -> calls.add(Duration.between(FakeKinesis.START, kinesis.now()).toMillis());
    SingleThread scan =
        scan(
            Position.trimHorizon(),
            Bound.never(),
            FetchOptions.defaults().withSpacing(Duration.ofMillis(400), Duration.ofSeconds(2)));

    scan.runUntil(16_500);

    assertThat(calls).containsExactly(10_000L, 10_400L, 10_800L, 12_800L, 14_800L);
  }

  @Test
  void tipAsOf_deliversWhatArrivedUpToTheInstantAndNothingLater() {
    kinesis.put(shard, "before");
    Instant snapshot = kinesis.now();
    kinesis.put(shard, "after", snapshot.plusMillis(1));
    kinesis.put(shard, "late but in time", snapshot.minusMillis(5));

    SingleThread scan = scan(Position.trimHorizon(), Bound.tipAsOf(snapshot));

    assertThat(scan.runToEnd().end().reason()).isEqualTo(Reason.BOUND);
    assertThat(scan.texts()).containsExactly("before");
  }

  @Test
  void tipAsOf_waitsUntilAnEmptyAnswerIsPastTheInstantAndItsSettling() {
    put(3);
    Instant snapshot = kinesis.now();

    ScanEnd end = scan(Position.trimHorizon(), Bound.tipAsOf(snapshot)).runToEnd().end();

    assertThat(end.readTo()).contains(snapshot);
    assertThat(kinesis.now()).isAfterOrEqualTo(snapshot.plusSeconds(1));
    assertThat(kinesis.recordCalls).isLessThanOrEqualTo(4);
  }

  @Test
  void tipAsOf_recordThatShowsUpWhileSettling_isDelivered() {
    Instant snapshot = kinesis.now().plusMillis(200);
    SingleThread scan = scan(Position.trimHorizon(), Bound.tipAsOf(snapshot));
    kinesis.emptyAnswersFirst = 1;
    kinesis.put(shard, "slow to show", snapshot);

    scan.runToEnd();

    assertThat(scan.texts()).containsExactly("slow to show");
  }

  @Test
  void emptyAnswers_thousandWithLag_areNotTheEnd() {
    List<String> all = put(5);
    kinesis.emptyAnswersFirst = 1_000;

    SingleThread scan = scan(Position.trimHorizon(), Bound.tipAsOf(kinesis.now()));
    scan.runToEnd();

    assertThat(scan.texts()).isEqualTo(all);
    assertThat(scan.ledger.losses()).isEmpty();
  }

  @Test
  void lagZeroWithRecords_isNotTheEnd() {
    kinesis.pageSize = 1;
    List<String> all = put(3);
    kinesis.nextLags.addAll(List.of(OptionalLong.of(0), OptionalLong.of(0)));

    SingleThread scan = scan(Position.trimHorizon(), Bound.tipAsOf(kinesis.now()));
    scan.runToEnd();

    assertThat(scan.texts()).isEqualTo(all);
  }

  @Test
  void lagUnknown_provesNothing_andTwentyOfThemCutTheScanShortWithAnEntry() {
    for (int i = 0; i < 200; i++) {
      kinesis.nextLags.add(OptionalLong.empty());
    }

    SingleThread scan = scan(Position.trimHorizon(), Bound.tipAsOf(kinesis.now()));

    assertThat(scan.runToEnd().end().reason()).isEqualTo(Reason.CUT_SHORT);
    assertThat(scan.ledger.losses()).extracting(Loss::kind).containsExactly(Loss.Kind.CUT_SHORT);
  }

  @Test
  void lagThatStaysOnAnIdleShard_cutsTheScanShortWithAnEntry() {
    for (int i = 0; i < 200; i++) {
      kinesis.nextLags.add(OptionalLong.of(60_000));
    }

    SingleThread scan = scan(Position.trimHorizon(), Bound.tipAsOf(kinesis.now()));

    assertThat(scan.runToEnd().end().reason()).isEqualTo(Reason.CUT_SHORT);
    assertThat(scan.ledger.losses()).hasSize(1);
  }

  @Test
  void nullIteratorWithRecords_deliversThemThenEnds() {
    List<String> all = put(4);
    kinesis.close(shard, "shardId-000000000001");

    SingleThread scan = scan(Position.trimHorizon(), Bound.never());
    ScanEnd end = scan.runToEnd().end();

    assertThat(end.reason()).isEqualTo(Reason.SHARD_END);
    assertThat(end.children())
        .extracting(c -> c.id().value())
        .containsExactly("shardId-000000000001");
    assertThat(scan.texts()).isEqualTo(all);
  }

  @Test
  void expiredIterator_goesOnAfterTheLastRecordDelivered() {
    kinesis.pageSize = 2;
    List<String> all = put(6);
    kinesis.nextFailures.add(failure(Kind.ITERATOR_EXPIRED));
    SingleThread scan = scan(Position.trimHorizon(), Bound.tipAsOf(kinesis.now()));

    scan.runToEnd();

    assertThat(scan.texts()).isEqualTo(all);
  }

  @Test
  void iteratorExpiredInTheMiddle_isAskedForAtTheLastRecord() {
    kinesis.pageSize = 1;
    put(3);
    UserRecord first = kinesis.records(shard).get(0);
    SingleThread scan = scan(Position.trimHorizon(), Bound.tipAsOf(kinesis.now()));
    scan.reader.step(new Event.Resumed(), 0);
    IteratorAnswer iterator = kinesis.shardIterator(STREAM, shard, Position.trimHorizon());
    scan.reader.step(new Event.IteratorReady(iterator), 0);
    scan.reader.step(
        new Event.Answered(kinesis.getRecords(STREAM, shard, iterator.iterator(), 1)), 0);

    Step step =
        scan.reader.step(new Event.CallFailed(failure(Kind.ITERATOR_EXPIRED)), 1_000_000_000L);

    assertThat(step).isEqualTo(new Step.CallIterator(Position.at(first.sequence())));
  }

  @Test
  void iteratorExpiredBeforeAnyRecord_keepsTheTimestamp() {
    Position from = Position.at(START.minusSeconds(60));
    kinesis.nextFailures.add(failure(Kind.THROTTLED));
    put(2);
    SingleThread scan = scan(from, Bound.tipAsOf(kinesis.now()));
    kinesis.emptyAnswersFirst = 1;
    scan.runToEnd();

    assertThat(kinesis.iteratorsAskedFor).containsOnly(from);
    assertThat(scan.texts()).containsExactly("r0", "r1");
  }

  @Test
  void latestLostBeforeAnyRecord_isAskedForByTheTimeJustBeforeTheFirstIterator() {
    SingleThread scan = scan(Position.latest(), Bound.never());
    scan.reader.step(new Event.Resumed(), 0);
    scan.reader.step(
        new Event.IteratorReady(kinesis.shardIterator(STREAM, shard, Position.latest())), 0);

    scan.reader.step(new Event.CallFailed(failure(Kind.ITERATOR_EXPIRED)), 1);

    assertThat(scan.reader.position()).isEqualTo(Position.at(START.minusSeconds(1)));
  }

  @Test
  void throttledForAMinute_losesNothingAndCallsSeldom() {
    List<String> all = put(10);
    for (int i = 0; i < 18; i++) {
      kinesis.nextFailures.add(failure(Kind.THROTTLED));
    }
    SingleThread scan = scan(Position.trimHorizon(), Bound.tipAsOf(kinesis.now()));

    scan.runToEnd();

    assertThat(scan.texts()).isEqualTo(all);
    assertThat(kinesis.now()).isAfter(START.plusSeconds(30));
    // The failures, the records, the empty answer; all but the first failure are GetRecords calls.
    assertThat(kinesis.recordCalls).isLessThanOrEqualTo(20);
  }

  @Test
  void throttle_slowsEveryReaderOfTheShard() {
    put(1);
    SingleThread scan = scan(Position.trimHorizon(), Bound.tipAsOf(kinesis.now()));
    for (int i = 0; i < 4; i++) {
      kinesis.nextRecordFailures.add(failure(Kind.THROTTLED));
    }
    scan.runToEnd();

    assertThat(scan.budget.takeCall(scan.nanos())).isGreaterThan(Duration.ofMillis(200).toNanos());
  }

  @Test
  void failingBeyondPatience_failsWithTheShardAndTheCause() {
    for (int i = 0; i < 500; i++) {
      kinesis.nextFailures.add(failure(Kind.UNAVAILABLE));
    }
    FetchOptions impatient = FetchOptions.defaults().withPatience(Duration.ofSeconds(5));

    Step last = scan(Position.trimHorizon(), Bound.never(), impatient).run(10_000);

    assertThat(last).isInstanceOf(Step.Failed.class);
    Step.Failed failed = (Step.Failed) last;
    assertThat(failed.cause().code()).isEqualTo(ErrorCode.EXTERNAL);
    assertThat(failed.cause()).hasMessageContaining("shardId-000000000000 of stream orders");
  }

  @Test
  void accessDenied_failsAtOnce() {
    kinesis.nextFailures.add(failure(Kind.ACCESS_DENIED));

    Step last = scan(Position.trimHorizon(), Bound.never()).run(10);

    assertThat(((Step.Failed) last).cause().code()).isEqualTo(ErrorCode.ACCESS);
  }

  @Test
  void invalidPosition_failsOrEndsAsLost_neverReadsFromTheStart() {
    put(2);
    for (Position gone :
        List.of(Position.after(new SequenceNumber("5")), Position.at(new SequenceNumber("5")))) {
      kinesis.nextFailures.add(failure(Kind.INVALID_POSITION));
      SingleThread failing = scan(gone, Bound.tipAsOf(kinesis.now()));
      assertThat(failing.run(10)).isInstanceOf(Step.Failed.class);
      assertThat(failing.ledger.losses()).hasSize(1);

      kinesis.nextFailures.add(failure(Kind.INVALID_POSITION));
      SingleThread continuing = scan(gone, Bound.tipAsOf(kinesis.now()), CONTINUE);
      assertThat(continuing.runToEnd().end().reason()).isEqualTo(Reason.POSITION_LOST);
      assertThat(continuing.texts()).isEmpty();
      assertThat(continuing.ledger.losses()).hasSize(1);
    }
  }

  @Test
  void timestampToCome_isTheNewestRecord() {
    put(2);
    kinesis.nextFailures.add(failure(Kind.INVALID_POSITION));
    SingleThread scan = scan(Position.at(START.plusSeconds(1)), Bound.tipAsOf(kinesis.now()));

    assertThat(scan.runToEnd().end().reason()).isEqualTo(Reason.BOUND);
    assertThat(kinesis.iteratorsAskedFor).containsExactly(Position.latest());
    assertThat(scan.texts()).isEmpty();
    assertThat(scan.ledger.losses()).isEmpty();
  }

  @Test
  void vanishedShard_isALossNotAnEnd() {
    kinesis.pageSize = 1;
    put(2);
    SingleThread scan = scan(Position.trimHorizon(), Bound.never(), CONTINUE);
    kinesis.emptyAnswersFirst = 1;
    kinesis.afterRecordCalls = 2;
    kinesis.failureAfterRecordCalls = failure(Kind.NOT_FOUND);

    assertThat(scan.runToEnd().end().reason()).isEqualTo(Reason.LOST);
    assertThat(scan.texts()).containsExactly("r0");
    assertThat(scan.ledger.losses()).extracting(Loss::kind).containsExactly(Loss.Kind.VANISHED);
  }

  @Test
  void vanishedShard_failsWhereALossMustFail() {
    kinesis.afterRecordCalls = 1;
    kinesis.failureAfterRecordCalls = failure(Kind.NOT_FOUND);

    assertThat(scan(Position.trimHorizon(), Bound.never()).run(100))
        .isInstanceOf(Step.Failed.class);
  }

  @Test
  void shardExpiredBeforeItsFirstIterator_isAnEntryAndNoFailure() {
    for (Position from : List.of(Position.trimHorizon(), Position.at(START))) {
      kinesis.nextFailures.add(failure(Kind.NOT_FOUND));
      SingleThread scan = scan(from, Bound.tipAsOf(kinesis.now()));

      assertThat(scan.runToEnd().end().reason()).isEqualTo(Reason.LOST);
      assertThat(scan.ledger.losses()).extracting(Loss::kind).containsExactly(Loss.Kind.VANISHED);
    }
    kinesis.nextFailures.add(failure(Kind.NOT_FOUND));
    assertThat(scan(Position.after(new SequenceNumber("5")), Bound.never()).run(10))
        .isInstanceOf(Step.Failed.class);
  }

  @Test
  void iteratorExpiredInBackPressureAfterAThrottle_isNotAFailure() {
    SingleThread scan = scan(Position.trimHorizon(), Bound.never());
    long minutes = Duration.ofMinutes(6).toNanos();
    scan.reader.step(new Event.Resumed(), 0);
    scan.reader.step(new Event.CallFailed(failure(Kind.THROTTLED)), 0);
    Step step = scan.reader.step(new Event.Resumed(), minutes);
    assertThat(step).isInstanceOf(Step.CallIterator.class);
    IteratorAnswer iterator = kinesis.shardIterator(STREAM, shard, Position.trimHorizon());
    scan.reader.step(new Event.IteratorReady(iterator), minutes);

    step = scan.reader.step(new Event.CallFailed(failure(Kind.ITERATOR_EXPIRED)), 2 * minutes);

    assertThat(step).isEqualTo(new Step.CallIterator(Position.trimHorizon()));
  }

  @Test
  void iteratorsThatExpireAsSoonAsTheyAreMade_failAfterPatience_withTrueFigures() {
    for (int i = 0; i < 500; i++) {
      kinesis.nextRecordFailures.add(failure(Kind.ITERATOR_EXPIRED));
    }

    Step last = scan(Position.trimHorizon(), Bound.never()).run(10_000);

    assertThat(last).isInstanceOf(Step.Failed.class);
    int failures = kinesis.recordCalls - 1;
    assertThat(((Step.Failed) last).cause())
        .hasMessageContaining("it failed " + failures + " times in 12");
  }

  @Test
  void atSequenceNumber_deliversThatRecord_afterDoesNot() {
    put(3);
    SequenceNumber second = kinesis.records(shard).get(1).sequence();

    SingleThread at = scan(Position.at(second), Bound.tipAsOf(kinesis.now()));
    at.runToEnd();
    SingleThread after = scan(Position.after(second), Bound.tipAsOf(kinesis.now()));
    after.runToEnd();

    assertThat(at.texts()).containsExactly("r1", "r2");
    assertThat(after.texts()).containsExactly("r2");
  }

  @Test
  void beforeSequence_endsExactlyThere_orAtTheTip() {
    put(5);
    SequenceNumber fourth = kinesis.records(shard).get(3).sequence();

    SingleThread scan = scan(Position.trimHorizon(), Bound.before(fourth));
    assertThat(scan.runToEnd().end().reason()).isEqualTo(Reason.BOUND);
    assertThat(scan.texts()).containsExactly("r0", "r1", "r2");

    SingleThread beyond =
        scan(Position.trimHorizon(), Bound.before(new SequenceNumber("99999999999999")));
    assertThat(beyond.runToEnd().end().reason()).isEqualTo(Reason.BOUND);
    assertThat(beyond.texts()).hasSize(5);
  }

  @Test
  void beforeTime_goesOnForTheSlack_soThatLateRecordsAreMet() {
    Instant until = START.plusSeconds(100);
    kinesis.put(shard, "in", until.minusSeconds(1));
    kinesis.put(shard, "early", until.plusSeconds(5));
    kinesis.put(shard, "late arrival", until.minusSeconds(2));
    kinesis.put(shard, "beyond the slack", until.plusSeconds(10));
    kinesis.put(shard, "never read", until.minusSeconds(3));
    kinesis.advance(Duration.ofSeconds(200));

    SingleThread scan = scan(Position.trimHorizon(), Bound.before(until));
    scan.runToEnd();

    assertThat(scan.texts()).containsExactly("in", "early", "late arrival");
  }

  @Test
  void zeroByteRecords_areRecords() {
    kinesis.put(shard, "");
    kinesis.put(shard, "x");

    SingleThread scan = scan(Position.trimHorizon(), Bound.tipAsOf(kinesis.now()));
    scan.runToEnd();

    assertThat(scan.texts()).containsExactly("", "x");
  }

  @Test
  void firstCall_asksForLittle_theOthersForAsMuchAsThereIs() {
    put(11_001);
    List<Integer> limits = new java.util.ArrayList<>();
    SingleThread scan = scan(Position.trimHorizon(), Bound.tipAsOf(kinesis.now()));
    scan.limits = limits::add;

    scan.runToEnd();

    assertThat(limits).startsWith(1_000, 10_000);
    assertThat(scan.delivered).hasSize(11_001);
  }

  @Test
  void boundFarAhead_isWaitedForInShortSteps() {
    put(1);
    SingleThread scan = scan(Position.trimHorizon(), Bound.before(Instant.MAX));

    assertThatThrownBy(() -> scan.run(500)).isInstanceOf(AssertionError.class);
    assertThat(scan.texts()).containsExactly("r0");
    assertThat(kinesis.recordCalls).isGreaterThan(50);
  }
}
