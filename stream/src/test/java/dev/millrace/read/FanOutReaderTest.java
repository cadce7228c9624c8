package dev.millrace.read;

import static dev.millrace.read.FakeKinesis.STREAM;
import static dev.millrace.read.FakeKinesis.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.read.KinesisException.Kind;
import dev.millrace.read.ScanEnd.Reason;
import dev.millrace.stream.Bound;
import dev.millrace.stream.Ledger;
import dev.millrace.stream.Position;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.ShardScan;
import dev.millrace.stream.UserRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A reader with a consumer, step by step: the test is its driver. */
class FanOutReaderTest {
  private static final ConsumerArn CONSUMER = new ConsumerArn("consumer");
  private static final Event RESUMED = new Event.Resumed();

  private final FakeKinesis kinesis = new FakeKinesis();
  private final ShardId shard = kinesis.open("shardId-000000000000");
  private final FakeSubscription subscription = new FakeSubscription();
  private final Ledger ledger = new Ledger();
  private final List<String> fellBack = new ArrayList<>();
  private long now;

  private ShardReader reader(Position from, Bound to) {
    ReadMetrics metrics =
        new ReadMetrics() {
          @Override
          public void fellBack(ShardScan scan, String why) {
            fellBack.add(why);
          }
        };
    return new ShardReader(
        new ShardScan(STREAM, shard, from, to),
        Retrieval.fanOut(CONSUMER),
        FetchOptions.defaults().withMetrics(metrics),
        new ShardBudget(Pacing.ofService()),
        ledger,
        new Random(3));
  }

  private Step step(ShardReader reader, Event event) {
    return reader.step(event, now);
  }

  private Event subscribed() {
    return new Event.Subscribed(new SubscribeAnswer(subscription, kinesis.now()));
  }

  private static Event pushed(List<UserRecord> records, String continuation, long behind) {
    return new Event.Pushed(
        new Push(
            records,
            0,
            Optional.of(new SequenceNumber(continuation)),
            OptionalLong.of(behind),
            List.of()));
  }

  private static Event ended() {
    return new Event.SubscriptionEnded(Optional.empty());
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  @Test
  void subscribesFirst_andHandsOnWhatIsPushed() {
    UserRecord record = kinesis.put(shard, "a");
    ShardReader reader = reader(Position.trimHorizon(), Bound.never());

    assertThat(step(reader, RESUMED))
        .isEqualTo(new Step.Subscribe(CONSUMER, Position.trimHorizon()));
    assertThat(step(reader, subscribed())).isInstanceOf(Step.AwaitPush.class);
    Step emitted = step(reader, pushed(List.of(record), record.sequence().digits(), 0));

    assertThat(((Step.Emit) emitted).batch().records()).containsExactly(record);
    assertThat(reader.position()).isEqualTo(Position.after(record.sequence()));
    assertThat(step(reader, RESUMED)).isInstanceOf(Step.AwaitPush.class);
  }

  @Test
  void endOfItsFiveMinutes_goesOnAfterTheContinuation_atOnce() {
    UserRecord record = kinesis.put(shard, "a");
    ShardReader reader = reader(Position.trimHorizon(), Bound.never());
    step(reader, RESUMED);
    step(reader, subscribed());
    step(reader, pushed(List.of(record), "5000", 0));
    step(reader, RESUMED);
    pass(Duration.ofMinutes(5));

    assertThat(step(reader, ended()))
        .isEqualTo(new Step.Subscribe(CONSUMER, Position.after(new SequenceNumber("5000"))));
    assertThat(fellBack).isEmpty();
  }

  @Test
  void silence_isLeftAndPolled_andSubscribedAgainLater() {
    ShardReader reader = reader(Position.trimHorizon(), Bound.never());
    step(reader, RESUMED);
    Step.AwaitPush await = (Step.AwaitPush) step(reader, subscribed());
    now = await.untilNanos();

    assertThat(step(reader, RESUMED)).isEqualTo(new Step.Unsubscribe(subscription));
    assertThat(step(reader, RESUMED)).isInstanceOf(Step.CallIterator.class);
    assertThat(fellBack).containsExactly("it was silent for 15 s");
    pass(Duration.ofMinutes(1));
    assertThat(step(reader, new Event.CallFailed(failure(Kind.UNAVAILABLE))))
        .isInstanceOf(Step.Subscribe.class);
  }

  @Test
  void reset_goesOnByPollingExactlyAfterTheLastRecord() {
    UserRecord first = kinesis.put(shard, "a");
    ShardReader reader = reader(Position.trimHorizon(), Bound.never());
    step(reader, RESUMED);
    step(reader, subscribed());
    step(reader, pushed(List.of(first), first.sequence().digits(), 0));
    step(reader, RESUMED);

    Step next = step(reader, new Event.SubscriptionEnded(Optional.of(failure(Kind.UNAVAILABLE))));

    assertThat(next).isInstanceOf(Step.Unsubscribe.class);
    assertThat(step(reader, RESUMED))
        .isEqualTo(new Step.CallIterator(Position.at(first.sequence())));
  }

  @Test
  void inUse_waitsMoreThanTheServicesFiveSeconds_pollingMeanwhile() {
    ShardReader reader = reader(Position.trimHorizon(), Bound.never());
    step(reader, RESUMED);

    assertThat(step(reader, new Event.CallFailed(failure(Kind.IN_USE))))
        .isInstanceOf(Step.CallIterator.class);
    pass(Duration.ofSeconds(4));
    assertThat(step(reader, new Event.CallFailed(failure(Kind.UNAVAILABLE))))
        .isNotInstanceOf(Step.Subscribe.class);
    pass(Duration.ofSeconds(7));
    assertThat(step(reader, RESUMED)).isInstanceOf(Step.Subscribe.class);
  }

  @Test
  void deregisteredConsumer_isPolledForGood() {
    ShardReader reader = reader(Position.trimHorizon(), Bound.never());
    step(reader, RESUMED);

    assertThat(step(reader, new Event.CallFailed(failure(Kind.NOT_FOUND))))
        .isInstanceOf(Step.CallIterator.class);
    pass(Duration.ofHours(1));
    assertThat(step(reader, new Event.CallFailed(failure(Kind.UNAVAILABLE))))
        .isNotInstanceOf(Step.Subscribe.class);
    assertThat(fellBack).hasSize(1);
    assertThat(ledger.losses()).isEmpty();
  }

  @Test
  void takenOverSoon_doesNotTakeOverBackAtOnce() {
    ShardReader reader = reader(Position.trimHorizon(), Bound.never());
    step(reader, RESUMED);
    step(reader, subscribed());
    pass(Duration.ofSeconds(2));

    assertThat(step(reader, ended())).isInstanceOf(Step.CallIterator.class);
  }

  @Test
  void shardEnd_isTheLastPushWithoutContinuation() {
    UserRecord record = kinesis.put(shard, "a");
    ShardReader reader = reader(Position.trimHorizon(), Bound.never());
    step(reader, RESUMED);
    step(reader, subscribed());
    ChildShard child = new ChildShard(new ShardId("shardId-000000000001"), List.of(shard));
    Push last = new Push(List.of(record), 1, Optional.empty(), OptionalLong.of(0), List.of(child));

    assertThat(step(reader, new Event.Pushed(last))).isInstanceOf(Step.Emit.class);
    assertThat(step(reader, RESUMED)).isEqualTo(new Step.Unsubscribe(subscription));
    ScanEnd end = ((Step.Done) step(reader, RESUMED)).end();
    assertThat(end.reason()).isEqualTo(Reason.SHARD_END);
    assertThat(end.children()).containsExactly(child);
  }

  @Test
  void boundedScan_isProvenByPolling() {
    UserRecord record = kinesis.put(shard, "a");
    ShardReader reader = reader(Position.trimHorizon(), Bound.tipAsOf(kinesis.now()));
    step(reader, RESUMED);
    step(reader, subscribed());

    assertThat(step(reader, pushed(List.of(record), record.sequence().digits(), 0)))
        .isInstanceOf(Step.Emit.class);
    assertThat(step(reader, RESUMED)).isEqualTo(new Step.Unsubscribe(subscription));
    assertThat(step(reader, RESUMED)).isInstanceOf(Step.CallIterator.class);
  }

  @Test
  void boundMetByAPushedRecord_endsWithoutPolling() {
    kinesis.put(shard, "a");
    UserRecord second = kinesis.put(shard, "b");
    ShardReader reader = reader(Position.trimHorizon(), Bound.before(second.sequence()));
    step(reader, RESUMED);
    step(reader, subscribed());

    Step emitted = step(reader, pushed(kinesis.records(shard), second.sequence().digits(), 1_000));
    assertThat(((Step.Emit) emitted).batch().records()).hasSize(1);
    assertThat(step(reader, RESUMED)).isInstanceOf(Step.Unsubscribe.class);
    assertThat(((Step.Done) step(reader, RESUMED)).end().reason()).isEqualTo(Reason.BOUND);
  }

  @Test
  void boundedScan_pushesThatBringNothing_areLeftForAnAnswer() {
    ShardReader reader = reader(Position.trimHorizon(), Bound.tipAsOf(kinesis.now()));
    step(reader, RESUMED);
    step(reader, subscribed());
    Step step = step(reader, pushed(List.of(), "1", 1_500));
    for (int i = 0; i < 2; i++) {
      assertThat(step).isInstanceOf(Step.AwaitPush.class);
      step = step(reader, pushed(List.of(), "1", 1_500 + i));
    }
    assertThat(step).isInstanceOf(Step.AwaitPush.class);
    assertThat(step(reader, pushed(List.of(), "1", 1_600)))
        .isEqualTo(new Step.Unsubscribe(subscription));
    assertThat(step(reader, RESUMED)).isInstanceOf(Step.CallIterator.class);
  }

  @Test
  void outagesHoursApart_doNotAddUp() {
    ShardReader reader = reader(Position.trimHorizon(), Bound.never());
    for (int outage = 0; outage < 5; outage++) {
      Step step = outage == 0 ? step(reader, RESUMED) : step(reader, ended());
      assertThat(step).isInstanceOf(Step.Subscribe.class);
      step = step(reader, new Event.CallFailed(failure(Kind.UNAVAILABLE)));
      long end = now + Duration.ofSeconds(50).toNanos();
      while (!(step instanceof Step.Subscribe) || now < end) {
        assertThat(step).isNotInstanceOf(Step.Failed.class);
        pass(Duration.ofSeconds(1));
        boolean called = !(step instanceof Step.WaitUntil);
        step = step(reader, called ? new Event.CallFailed(failure(Kind.UNAVAILABLE)) : RESUMED);
      }
      assertThat(step(reader, subscribed())).isInstanceOf(Step.AwaitPush.class);
      step(reader, pushed(List.of(), "1", 0));
      pass(Duration.ofHours(6));
    }
  }

  @Test
  void closedWhileSubscribed_handsOutItsSubscription() {
    ShardReader reader = reader(Position.trimHorizon(), Bound.never());
    step(reader, RESUMED);
    step(reader, subscribed());

    assertThat(reader.close(now)).contains(subscription);
    assertThat(reader.close(now)).isEmpty();
  }

  @Test
  void resumedBeforeItsTime_isToldToWait_andOutOfTurnIsRefused() {
    ShardReader reader = reader(Position.trimHorizon(), Bound.never());
    step(reader, RESUMED);
    assertThatThrownBy(() -> step(reader, RESUMED)).isInstanceOf(IllegalStateException.class);
    Step.AwaitPush await = (Step.AwaitPush) step(reader, subscribed());

    assertThat(step(reader, RESUMED)).isEqualTo(new Step.WaitUntil(await.untilNanos()));
  }
}
