package dev.millrace.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.read.ChildShard;
import dev.millrace.read.Event;
import dev.millrace.read.KinesisException;
import dev.millrace.read.KinesisException.Kind;
import dev.millrace.read.Push;
import dev.millrace.stream.HashKeyRange;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardId;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEvent;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEventStream;

/** A subscription to a publisher made by hand. */
class AwsSubscriptionTest {
  private static final ShardId SHARD = new ShardId("shardId-000000000007");

  private final Upstream upstream = new Upstream();
  private final List<Event> heard = new ArrayList<>();
  private final AwsSubscription subscription =
      new AwsSubscription(
          SHARD,
          failure ->
              new KinesisException(
                  Kind.UNAVAILABLE, String.valueOf(failure.getMessage()), failure));

  private static final class Upstream implements org.reactivestreams.Subscription {
    private long requested;
    private boolean cancelled;

    @Override
    public void request(long count) {
      requested += count;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }

  private static SubscribeToShardEvent event(String continuation) {
    return SubscribeToShardEvent.builder()
        .continuationSequenceNumber(continuation)
        .millisBehindLatest(0L)
        .build();
  }

  private static Push pushOf(Event event) {
    return ((Event.Pushed) event).push();
  }

  @Test
  void question_asksThePublisherForOneEvent() {
    subscription.onSubscribe(upstream);
    assertThat(upstream.requested).isZero();

    subscription.next(heard::add);
    assertThat(upstream.requested).isEqualTo(1);
    subscription.onNext(event("1"));
    assertThat(heard).hasSize(1);
    assertThat(upstream.requested).isEqualTo(1);

    subscription.next(heard::add);
    assertThat(upstream.requested).isEqualTo(2);
    assertThat(heard).hasSize(1);
  }

  @Test
  void question_beforeThereIsAPublisher_isAskedOfItThen() {
    subscription.next(heard::add);

    subscription.onSubscribe(upstream);

    assertThat(upstream.requested).isEqualTo(1);
  }

  @Test
  void secondQuestion_beforeTheAnswer_isTheCallersFault() {
    subscription.onSubscribe(upstream);
    subscription.next(heard::add);

    assertThatThrownBy(() -> subscription.next(heard::add))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void eventOfAnUnknownKind_isPassedOver() {
    subscription.onSubscribe(upstream);
    subscription.next(heard::add);

    subscription.onNext(SubscribeToShardEventStream.UNKNOWN);

    assertThat(heard).isEmpty();
    assertThat(upstream.requested).isEqualTo(2);
  }

  @Test
  void endThatNobodyWaitsFor_isTheAnswerToEveryQuestion() {
    subscription.onSubscribe(upstream);

    subscription.onComplete();
    subscription.next(heard::add);
    subscription.next(heard::add);

    assertThat(heard)
        .containsExactly(
            new Event.SubscriptionEnded(Optional.empty()),
            new Event.SubscriptionEnded(Optional.empty()));
    assertThat(upstream.requested).isZero();
  }

  @Test
  void failure_isTold_andWhatFollowsItIsNot() {
    subscription.onSubscribe(upstream);
    subscription.next(heard::add);

    subscription.onError(new IllegalStateException("reset"));
    subscription.onError(new IllegalStateException("again"));
    subscription.onComplete();
    subscription.next(heard::add);

    assertThat(heard)
        .hasSize(2)
        .allSatisfy(
            event ->
                assertThat(((Event.SubscriptionEnded) event).cause().orElseThrow())
                    .hasMessage("reset"));
  }

  @Test
  void eventThatComesUnasked_isKept_beforeTheEnd() {
    subscription.onSubscribe(upstream);

    subscription.onNext(event("1"));
    subscription.onComplete();
    subscription.next(heard::add);
    subscription.next(heard::add);

    assertThat(pushOf(heard.get(0)).continuation()).contains(new SequenceNumber("1"));
    assertThat(heard.get(1)).isEqualTo(new Event.SubscriptionEnded(Optional.empty()));
  }

  @Test
  void listener_mayAskAgainAtOnce() {
    subscription.onSubscribe(upstream);
    subscription.next(
        first -> {
          heard.add(first);
          subscription.next(heard::add);
        });

    subscription.onNext(event("1"));
    subscription.onNext(event("2"));

    assertThat(heard).hasSize(2);
    assertThat(upstream.requested).isEqualTo(2);
  }

  @Test
  void listener_isCalledWithoutALock() {
    subscription.onSubscribe(upstream);
    subscription.next(event -> assertThat(Thread.holdsLock(subscription)).isFalse());
    subscription.onNext(event("1"));
    subscription.next(event -> assertThat(Thread.holdsLock(subscription)).isFalse());
    subscription.onComplete();
    subscription.next(event -> assertThat(Thread.holdsLock(subscription)).isFalse());
  }

  @Test
  void close_cancels_andNothingIsHeardAnyMore() {
    subscription.onSubscribe(upstream);
    subscription.next(heard::add);

    subscription.close();
    subscription.onNext(event("1"));
    subscription.onError(new IllegalStateException("cancelled"));
    subscription.next(heard::add);
    subscription.close();

    assertThat(upstream.cancelled).isTrue();
    assertThat(heard).isEmpty();
    assertThat(upstream.requested).isEqualTo(1);
  }

  @Test
  void close_beforeThePublisherCame_cancelsItThen() {
    subscription.close();

    subscription.onSubscribe(upstream);

    assertThat(upstream.cancelled).isTrue();
  }

  @Test
  @SuppressWarnings("unchecked") // The SDK's builders take consumers by varargs.
  void push_hasEverythingTheEventHas() {
    Instant arrival = Instant.parse("2026-03-01T10:00:00.123Z");
    subscription.onSubscribe(upstream);
    subscription.next(heard::add);

    subscription.onNext(
        SubscribeToShardEvent.builder()
            .records(
                r ->
                    r.sequenceNumber("42")
                        .partitionKey("key")
                        .approximateArrivalTimestamp(arrival)
                        .data(SdkBytes.fromUtf8String("text")),
                r ->
                    r.sequenceNumber("43")
                        .approximateArrivalTimestamp(arrival)
                        .data(SdkBytes.fromUtf8String("")))
            .childShards(
                c ->
                    c.shardId("shardId-000000000008")
                        .parentShards(SHARD.value())
                        .hashKeyRange(k -> k.startingHashKey("0").endingHashKey("9")),
                c -> c.shardId("shardId-000000000009").parentShards(SHARD.value()))
            .build());

    Push push = pushOf(heard.get(0));
    assertThat(push.records()).hasSize(2);
    assertThat(push.records().get(0))
        .satisfies(
            record -> {
              assertThat(record.shard()).isEqualTo(SHARD);
              assertThat(record.sequence()).isEqualTo(new SequenceNumber("42"));
              assertThat(record.partitionKey()).isEqualTo("key");
              assertThat(record.arrival()).isEqualTo(arrival);
              assertThat(record.copyData()).asString().isEqualTo("text");
            });
    assertThat(push.records().get(1).partitionKey()).isNull();
    assertThat(push.bytes()).isEqualTo(4);
    assertThat(push.continuation()).isEmpty();
    assertThat(push.millisBehind()).isEqualTo(OptionalLong.empty());
    assertThat(push.children())
        .containsExactly(
            new ChildShard(
                new ShardId("shardId-000000000008"),
                List.of(SHARD),
                Optional.of(new HashKeyRange(BigInteger.ZERO, BigInteger.valueOf(9)))),
            new ChildShard(new ShardId("shardId-000000000009"), List.of(SHARD)));
  }
}
