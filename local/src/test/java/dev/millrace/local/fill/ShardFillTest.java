package dev.millrace.local.fill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.local.store.Interval;
import dev.millrace.read.FetchOptions.OnLoss;
import dev.millrace.read.RecordBatch;
import dev.millrace.read.ScanEnd;
import dev.millrace.stream.Bound;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.Ledger;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.Position;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.ShardScan;
import dev.millrace.stream.StreamRef;
import dev.millrace.stream.UserRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Minutes of 2026-03-01 12:00 are written as their number; records arrive at their number. */
final class ShardFillTest {
  private static final Instant ZERO = Instant.parse("2026-03-01T12:00:00Z");
  private static final ShardId SHARD = new ShardId("shard-0");
  private static final Duration SLACK = Duration.ofSeconds(10);

  private final Ledger ledger = new Ledger();

  private static Instant minute(int number) {
    return ZERO.plus(Duration.ofMinutes(number));
  }

  private static SequenceNumber sequence(int number) {
    return new SequenceNumber(Integer.toString(number));
  }

  private static FillWindow window(int since, int until, int snapshot) {
    return new FillWindow(minute(since), minute(until), minute(snapshot), minute(-1000), SLACK);
  }

  private static Interval interval(int from, int first, int last, int readTo) {
    return Interval.startingAt(minute(from))
        .extended(sequence(first), sequence(last), minute(readTo));
  }

  private static Interval empty(int from, int readTo) {
    return Interval.startingAt(minute(from)).readTo(minute(readTo));
  }

  private ShardFill fill(FillWindow window, Interval... stored) {
    return new ShardFill(
        StreamRef.parse("orders"), SHARD, window, List.of(stored), ledger, OnLoss.FAIL);
  }

  private static RecordBatch batch(int... numbers) {
    List<UserRecord> records =
        java.util.Arrays.stream(numbers).mapToObj(ShardFillTest::record).toList();
    return new RecordBatch(
        records, 1, Optional.empty(), Position.after(records.get(records.size() - 1).sequence()));
  }

  private static UserRecord record(int number) {
    return new UserRecord(
        SHARD, sequence(number), 0, minute(number).toEpochMilli(), null, new byte[0], 0, 0);
  }

  private static void assertScan(Optional<ShardScan> scan, Position from, Bound to) {
    assertThat(scan.map(ShardScan::from)).contains(from);
    assertThat(scan.map(ShardScan::to)).contains(to);
    assertThat(scan.map(ShardScan::shard)).contains(SHARD);
  }

  private static ScanEnd end(ScanEnd.Reason reason) {
    return new ScanEnd(reason, Optional.empty(), List.of());
  }

  @Test
  void nothingStored_isReadFromTheStartToTheTip() {
    ShardFill fill = fill(window(10, 100, 100));
    assertScan(fill.next(), Position.at(minute(10).minus(SLACK)), Bound.tipAsOf(minute(100)));
    assertThat(fill.take(batch(20, 30))).hasSize(2);
    fill.ended(end(ScanEnd.Reason.BOUND));
    assertThat(fill.next()).isEmpty();
    assertThat(fill.isFinished()).isTrue();
    assertThat(fill.intervals())
        .containsExactly(
            Interval.startingAt(minute(10).minus(SLACK))
                .extended(sequence(20), sequence(30), minute(100).minus(SLACK)));
  }

  @Test
  void later_isReadAfterTheLastRecord() {
    ShardFill fill = fill(window(10, 200, 200), interval(5, 20, 90, 100));
    assertScan(fill.next(), Position.after(sequence(90)), Bound.tipAsOf(minute(200)));
  }

  @Test
  void earlier_isReadUpToTheFirstRecordAndThenOneInterval() {
    ShardFill fill = fill(window(10, 100, 100), interval(50, 60, 90, 100));
    assertScan(fill.next(), Position.at(minute(10).minus(SLACK)), Bound.before(sequence(60)));
    assertThat(fill.take(batch(20, 30))).hasSize(2);
    fill.ended(end(ScanEnd.Reason.BOUND));
    assertThat(fill.next()).isEmpty();
    assertThat(fill.intervals())
        .containsExactly(
            Interval.startingAt(minute(10).minus(SLACK))
                .extended(sequence(20), sequence(90), minute(100)));
  }

  @Test
  void between_isReadFromTheOneToTheOther() {
    ShardFill fill = fill(window(10, 100, 100), interval(5, 20, 30, 40), interval(70, 75, 90, 100));
    assertScan(fill.next(), Position.after(sequence(30)), Bound.before(sequence(75)));
    fill.ended(end(ScanEnd.Reason.BOUND));
    assertThat(fill.intervals()).containsExactly(interval(5, 20, 90, 100));
  }

  @Test
  void longAfter_startsAtItsOwnTime() {
    ShardFill fill = fill(window(100, 200, 200), interval(5, 20, 30, 40));
    assertScan(fill.next(), Position.at(minute(100).minus(SLACK)), Bound.tipAsOf(minute(200)));
    assertThat(fill.take(batch(120))).hasSize(1);
    assertThat(fill.intervals()).hasSize(2);
  }

  @Test
  void scanThatBeginsInsideTheIntervalBefore_leavesOutWhatIsHeld() {
    ShardFill fill = fill(window(100, 200, 200), interval(5, 20, 99, 40));
    assertThat(fill.next()).isPresent();
    assertThat(fill.take(batch(98, 99, 120)))
        .extracting(UserRecord::sequence)
        .containsExactly(sequence(120));
    assertThat(fill.intervals())
        .containsExactly(
            Interval.startingAt(minute(5))
                .extended(sequence(20), sequence(120), minute(120).minus(SLACK)));
  }

  @Test
  void windowInThePast_endsAtItsTime() {
    ShardFill fill = fill(window(10, 50, 100));
    assertScan(fill.next(), Position.at(minute(10).minus(SLACK)), Bound.before(minute(50)));
    fill.ended(end(ScanEnd.Reason.BOUND));
    assertThat(fill.intervals())
        .containsExactly(Interval.startingAt(minute(10).minus(SLACK)).readTo(minute(50)));
    assertThat(fill.next()).isEmpty();
  }

  @Test
  void tipAndPartialCommit_areReadToTheSlackBefore() {
    ShardFill first = fill(window(10, 100, 100));
    assertThat(first.next()).isPresent();
    assertThat(first.take(batch(90))).hasSize(1);
    List<Interval> partial = first.intervals();
    first.ended(end(ScanEnd.Reason.BOUND));
    assertThat(first.next()).isEmpty();
    assertScan(
        fill(window(10, 90, 200), partial.get(0)).next(),
        Position.after(sequence(90)),
        Bound.before(minute(90)));
    ShardFill again = fill(window(10, 100, 200), first.intervals().get(0));
    assertScan(again.next(), Position.after(sequence(90)), Bound.before(minute(100)));
    again.ended(end(ScanEnd.Reason.BOUND));
    assertThat(fill(window(10, 100, 200), again.intervals().get(0)).next()).isEmpty();
  }

  @Test
  void emptyInterval_isNoBoundAndGoesOnAtItsTime() {
    ShardFill fill = fill(window(10, 200, 200), empty(5, 100));
    assertScan(fill.next(), Position.at(minute(100).minus(SLACK)), Bound.tipAsOf(minute(200)));
    assertThat(fill.take(batch(150))).hasSize(1);
    fill.ended(end(ScanEnd.Reason.BOUND));
    assertThat(fill.intervals())
        .containsExactly(
            Interval.startingAt(minute(5))
                .extended(sequence(150), sequence(150), minute(200).minus(SLACK)));
  }

  @Test
  void intervalThatHoldsNothing_isBegunAtTheHorizonAsIfItWereNew() {
    FillWindow all = new FillWindow(minute(0), minute(100), minute(100), minute(0), SLACK);
    ShardFill slow = fill(all);
    assertThat(slow.next()).isPresent();
    ShardScan again = fill(all, slow.intervals().get(0)).next().orElseThrow();
    assertThat(again.from()).isEqualTo(Position.trimHorizon());
    assertThat(again.facts().readTo())
        .as("what aged out before the query's instant is no loss of it")
        .isEmpty();
    assertThat(again.facts().retention()).contains(Duration.ofMinutes(100));
    assertThat(ledger.losses()).isEmpty();
  }

  @Test
  void closedShard_isNotReadAgain() {
    Interval closed = interval(5, 20, 30, 40).closedAt(minute(40));
    assertThat(fill(window(10, 200, 200), closed).next()).isEmpty();
    assertThat(fill(window(100, 200, 200), closed).next()).isEmpty();
  }

  @Test
  void endOfTheShard_closesTheInterval() {
    ShardFill fill = fill(window(10, 100, 100));
    assertThat(fill.next()).isPresent();
    assertThat(fill.take(batch(20))).hasSize(1);
    fill.ended(end(ScanEnd.Reason.SHARD_END));
    assertThat(fill.intervals()).singleElement().matches(Interval::closed);
    assertThat(fill.next()).isEmpty();
  }

  @Test
  void recordReadAgain_isAFaultOfOurs() {
    ShardFill fill = fill(window(10, 200, 200), interval(5, 20, 90, 100));
    assertThat(fill.next()).isPresent();
    assertThatThrownBy(() -> fill.take(batch(90)))
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERNAL));
    ShardFill earlier = fill(window(10, 100, 100), interval(50, 60, 90, 100));
    assertThat(earlier.next()).isPresent();
    assertThatThrownBy(() -> earlier.take(batch(55, 60))).isInstanceOf(MillraceException.class);
  }

  @Test
  void slices_goBackFromTheTipTwiceAsWideEachTime() {
    ShardFill fill = fill(window(0, 100, 100));
    fill.sliceBy(Duration.ofMinutes(10));
    assertScan(fill.next(), Position.at(minute(90)), Bound.tipAsOf(minute(100)));
    assertThat(fill.take(batch(91))).hasSize(1);
    fill.ended(end(ScanEnd.Reason.BOUND));
    assertThat(fill.held()).contains(new HeldWindow(minute(90).plus(SLACK), minute(100)));
    assertScan(fill.next(), Position.at(minute(70)), Bound.before(sequence(91)));
    fill.ended(end(ScanEnd.Reason.BOUND));
    assertScan(fill.next(), Position.at(minute(0).minus(SLACK)), Bound.before(sequence(91)));
    fill.ended(end(ScanEnd.Reason.BOUND));
    assertThat(fill.next()).isEmpty();
    assertThat(fill.held()).contains(new HeldWindow(minute(0), minute(100)));
    assertThat(fill.intervals()).hasSize(1);
  }

  @Test
  void gapBehindTheTrimHorizon_isALoss() {
    FillWindow late = new FillWindow(minute(10), minute(200), minute(200), minute(150), SLACK);
    ShardFill failing = fill(late, interval(5, 20, 90, 100));
    assertThatThrownBy(failing::next)
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("on-loss=continue");
    ShardFill going =
        new ShardFill(
            StreamRef.parse("orders"),
            SHARD,
            late,
            List.of(interval(5, 20, 90, 100)),
            ledger,
            OnLoss.CONTINUE);
    assertScan(going.next(), Position.trimHorizon(), Bound.tipAsOf(minute(200)));
    assertThat(going.take(batch(160))).hasSize(1);
    going.ended(end(ScanEnd.Reason.BOUND));
    assertThat(going.next()).isEmpty();
    assertThat(ledger.losses()).hasSize(2);
  }

  @Test
  void batchThatEndsInsideAnAggregate_storesItWithTheBatchThatCompletesIt() {
    ShardFill fill = fill(window(0, 100, 100));
    fill.next();
    List<UserRecord> first = List.of(record(1), part(2, 0), part(2, 1));
    List<UserRecord> rest = List.of(part(2, 2), record(3));

    assertThat(
            fill.take(new RecordBatch(first, 1, Optional.empty(), Position.after(sequence(2), 1))))
        .hasSize(1);
    assertThat(fill.intervals().get(0).held().orElseThrow().last()).isEqualTo(sequence(1));
    assertThat(fill.take(new RecordBatch(rest, 1, Optional.empty(), Position.after(sequence(3)))))
        .hasSize(4);
    assertThat(fill.intervals().get(0).held().orElseThrow().last()).isEqualTo(sequence(3));
  }

  private static UserRecord part(int number, long subsequence) {
    return new UserRecord(
        SHARD,
        sequence(number),
        subsequence,
        minute(number).toEpochMilli(),
        null,
        new byte[0],
        0,
        0);
  }
}
