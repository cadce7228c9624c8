package dev.millrace.emulator;

import static dev.millrace.emulator.EmulatorFixture.SHARD;
import static dev.millrace.emulator.EmulatorFixture.STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.ChildShard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEvent;

/** Subscriptions under a clock that the test moves. */
class FanOutTest {
  private final EmulatorFixture fixture = EmulatorFixture.withStream();
  private final KinesisAsyncClient kinesis =
      KinesisAsyncClients.cbor(fixture.emulator().endpoint());
  private final String consumer = fixture.streams().registerConsumer(STREAM, "reader");

  @AfterEach
  void close() {
    kinesis.close();
    fixture.close();
  }

  private TestSubscription subscribe() {
    return TestSubscription.trimHorizon(kinesis, consumer, SHARD);
  }

  @Test
  void records_arePushedAsTheyArePut() {
    fixture.put("before");
    TestSubscription subscription = subscribe();

    SubscribeToShardEvent first = subscription.next();
    fixture.put("after");
    SubscribeToShardEvent second = subscription.next();

    assertThat(first.records()).extracting(r -> r.data().asUtf8String()).containsExactly("before");
    assertThat(first.continuationSequenceNumber())
        .isEqualTo(first.records().get(0).sequenceNumber());
    assertThat(first.records().get(0).approximateArrivalTimestamp()).isEqualTo(fixture.now());
    assertThat(first.records().get(0).partitionKey()).isEqualTo("key");
    assertThat(first.millisBehindLatest()).isZero();
    assertThat(second.records()).extracting(r -> r.data().asUtf8String()).containsExactly("after");
  }

  @Test
  void idleSubscription_hasAHeartbeatEveryFiveSeconds() {
    String last = fixture.put("before").sequenceNumber();
    TestSubscription subscription =
        TestSubscription.start(
                kinesis, consumer, SHARD, position -> position.type(ShardIteratorType.LATEST))
            .awaitAccepted();

    fixture.advance(Duration.ofMillis(4999));
    fixture.advance(Duration.ofMillis(1));
    SubscribeToShardEvent heartbeat = subscription.next();

    assertThat(heartbeat.records()).isEmpty();
    assertThat(heartbeat.millisBehindLatest()).isZero();
    assertThat(heartbeat.hasChildShards()).isFalse();
    fixture.put("after");
    fixture.advance(Duration.ofSeconds(5));
    TestSubscription continued =
        TestSubscription.start(
            kinesis,
            consumer,
            SHARD,
            position ->
                position
                    .type(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                    .sequenceNumber(heartbeat.continuationSequenceNumber()));
    assertThat(continued.texts(1)).containsExactly("after");
    assertThat(heartbeat.continuationSequenceNumber()).isGreaterThan(last);
  }

  @Test
  void closedShard_endsWithItsChildren() {
    TestSubscription subscription = subscribe();
    fixture.put("last");
    assertThat(subscription.texts(1)).containsExactly("last");

    fixture.streams().split(STREAM, SHARD);
    SubscribeToShardEvent end = subscription.next();

    assertThat(end.continuationSequenceNumber()).isNull();
    assertThat(end.childShards())
        .extracting(ChildShard::shardId)
        .containsExactly("shardId-000000000001", "shardId-000000000002");
    assertThat(end.childShards().get(0).parentShards()).containsExactly(SHARD);
    subscription.awaitEnd();
  }

  @Test
  void subscription_endsAfterFiveMinutes() {
    TestSubscription subscription = subscribe();

    fixture.advance(Duration.ofMinutes(5));

    subscription.awaitEnd();
  }
}
