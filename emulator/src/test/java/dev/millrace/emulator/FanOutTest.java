package dev.millrace.emulator;

import static dev.millrace.emulator.EmulatorFixture.SHARD;
import static dev.millrace.emulator.EmulatorFixture.STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.ChildShard;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StartingPosition;
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

  private TestSubscription from(Consumer<StartingPosition.Builder> position) {
    fixture.advance(Duration.ofSeconds(5));
    return TestSubscription.start(kinesis, consumer, SHARD, position).awaitAccepted();
  }

  @Test
  void positions_startWhereTheirTypeSays() {
    fixture.put("one");
    fixture.advance(Duration.ofSeconds(10));
    Instant later = fixture.now();
    String second = fixture.put("two").sequenceNumber();
    fixture.put("three");

    assertThat(from(start -> start.type(ShardIteratorType.TRIM_HORIZON)).texts(3))
        .containsExactly("one", "two", "three");
    assertThat(from(start -> start.type(ShardIteratorType.AT_TIMESTAMP).timestamp(later)).texts(2))
        .containsExactly("two", "three");
    assertThat(
            from(start -> start.type(ShardIteratorType.AT_SEQUENCE_NUMBER).sequenceNumber(second))
                .texts(2))
        .containsExactly("two", "three");
    assertThat(
            from(start ->
                    start.type(ShardIteratorType.AFTER_SEQUENCE_NUMBER).sequenceNumber(second))
                .texts(1))
        .containsExactly("three");
    TestSubscription latest = from(start -> start.type(ShardIteratorType.LATEST));
    fixture.put("four");
    assertThat(latest.texts(1)).containsExactly("four");
  }

  @Test
  void trimmedPosition_startsAtTheTrimHorizon() {
    String first = fixture.put("one").sequenceNumber();
    fixture.advance(Duration.ofHours(12));
    fixture.put("two");
    fixture.advance(Duration.ofHours(12).plusMillis(1));

    assertThat(
            from(start -> start.type(ShardIteratorType.AT_SEQUENCE_NUMBER).sequenceNumber(first))
                .texts(1))
        .containsExactly("two");
    assertThat(
            from(start -> start.type(ShardIteratorType.AFTER_SEQUENCE_NUMBER).sequenceNumber(first))
                .texts(1))
        .containsExactly("two");
  }

  @Test
  void recordsTrimmedBeforeTheyArePushed_areSkipped() {
    byte[] large = new byte[1024 * 1024];
    List<String> numbers =
        IntStream.range(0, 8).mapToObj(i -> fixture.put(large).sequenceNumber()).toList();
    TestSubscription subscription =
        TestSubscription.startWithoutDemand(kinesis, consumer, SHARD).awaitAccepted();

    fixture.streams().trimBefore(STREAM, SHARD, numbers.get(7));
    subscription.request(Long.MAX_VALUE);

    SubscribeToShardEvent event = subscription.next();
    while (!event.records().get(0).sequenceNumber().equals(numbers.get(7))) {
      event = subscription.next();
    }
    assertThat(event.continuationSequenceNumber()).isEqualTo(numbers.get(7));
  }

  @Test
  void secondSubscription_withinFiveSeconds_isRefused() {
    fixture.put("one");
    TestSubscription first = subscribe();
    fixture.advance(Duration.ofMillis(4999));

    TestSubscription second =
        TestSubscription.start(
            kinesis, consumer, SHARD, start -> start.type(ShardIteratorType.TRIM_HORIZON));

    assertThat(second.awaitError())
        .isInstanceOf(ResourceInUseException.class)
        .hasMessageContaining("Another active subscription exists for this consumer");
    fixture.put("two");
    assertThat(first.texts(2)).containsExactly("one", "two");
  }

  @Test
  void secondSubscription_afterFiveSeconds_takesOver() {
    fixture.put("one");
    TestSubscription first = subscribe();
    assertThat(first.texts(1)).containsExactly("one");
    fixture.advance(Duration.ofSeconds(5));

    TestSubscription second = subscribe();

    first.awaitEnd();
    fixture.put("two");
    assertThat(second.texts(2)).containsExactly("one", "two");
  }

  @Test
  void otherConsumer_hasAPlaceOfItsOwn() {
    String other = fixture.streams().registerConsumer(STREAM, "other");
    TestSubscription first = subscribe();
    TestSubscription second = TestSubscription.trimHorizon(kinesis, other, SHARD);

    fixture.put("one");

    assertThat(first.texts(1)).containsExactly("one");
    assertThat(second.texts(1)).containsExactly("one");
  }

  @Test
  void deregisteredConsumer_endsItsSubscriptions() {
    TestSubscription subscription = subscribe();

    fixture.streams().deregisterConsumer(consumer);

    assertThat(subscription.awaitError())
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("deregistered");
  }

  @Test
  void deletedStream_endsItsSubscriptions() {
    TestSubscription subscription = subscribe();

    fixture.streams().deleteStream(STREAM);

    assertThat(subscription.awaitError()).isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void vanishedShard_endsItsSubscriptions() {
    fixture.put(new byte[1024 * 1024]);
    fixture.put(new byte[1024 * 1024]);
    fixture.put(new byte[1024 * 1024]);
    TestSubscription subscription =
        TestSubscription.startWithoutDemand(kinesis, consumer, SHARD).awaitAccepted();
    fixture.streams().split(STREAM, SHARD);

    fixture.streams().expire(STREAM, SHARD);
    subscription.request(Long.MAX_VALUE);

    assertThat(subscription.awaitError()).isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void slowClient_holdsTheEmulatorBack() {
    for (int i = 0; i < 64; i++) {
      fixture.put(new byte[1024 * 1024]);
    }
    TestSubscription subscription =
        TestSubscription.startWithoutDemand(kinesis, consumer, SHARD).awaitAccepted();

    // What is trimmed now was never sent: the client has taken nothing yet.
    fixture.streams().trimAll(STREAM, SHARD);
    fixture.put("last");
    subscription.request(Long.MAX_VALUE);

    int large = 0;
    for (var event = subscription.next();
        !event.records().get(0).data().asUtf8String().equals("last");
        event = subscription.next()) {
      large++;
    }
    assertThat(large).isLessThan(32);
  }

  @Test
  void largeBacklog_isPushedInOrder() {
    for (int i = 0; i < 5000; i++) {
      fixture.put("%04d".formatted(i) + "x".repeat(1000));
    }

    List<String> texts = subscribe().texts(5000);

    assertThat(texts).hasSize(5000).isSorted();
  }

  @Test
  void otherOperations_areServedOverHttp2() {
    kinesis
        .putRecord(
            request ->
                request
                    .streamName(STREAM)
                    .partitionKey("key")
                    .data(SdkBytes.fromByteArray(new byte[1024 * 1024])))
        .join();
    String iterator =
        kinesis
            .getShardIterator(
                request ->
                    request
                        .streamName(STREAM)
                        .shardId(SHARD)
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
            .join()
            .shardIterator();

    assertThat(kinesis.getRecords(request -> request.shardIterator(iterator)).join().records())
        .hasSize(1);
    assertThatThrownBy(() -> kinesis.listShards(request -> request.streamName("none")).join())
        .hasCauseInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void json_isPushedToAClientOfJson() {
    fixture.put("one");
    try (KinesisAsyncClient json = KinesisAsyncClients.json(fixture.emulator().endpoint())) {
      TestSubscription subscription = TestSubscription.trimHorizon(json, consumer, SHARD);

      SubscribeToShardEvent event = subscription.next();
      fixture.streams().deregisterConsumer(consumer);

      assertThat(event.records().get(0).data().asUtf8String()).isEqualTo("one");
      assertThat(event.records().get(0).approximateArrivalTimestamp()).isEqualTo(fixture.now());
      assertThat(subscription.awaitError()).isInstanceOf(ResourceNotFoundException.class);
    }
  }

  @Test
  void request_isValidated() {
    assertThat(error(consumer, "shardId-000000000099", start -> start.type("LATEST")))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThat(error(consumer.replace("reader", "nobody"), SHARD, start -> start.type("LATEST")))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThat(error("arn:nothing", SHARD, start -> start.type("LATEST")))
        .hasMessageContaining("consumerARN");
    assertThat(error(consumer, SHARD, start -> {})).hasMessageContaining("startingPosition.type");
    assertThat(error(consumer, SHARD, start -> start.type("SOMEWHERE")))
        .hasMessageContaining("startingPosition.type");
    assertThat(error(consumer, SHARD, start -> start.type("AT_TIMESTAMP")))
        .isInstanceOf(InvalidArgumentException.class);
    assertThat(
            error(consumer, SHARD, start -> start.type("AT_SEQUENCE_NUMBER").sequenceNumber("7")))
        .isInstanceOf(InvalidArgumentException.class);
  }

  private Throwable error(String arn, String shardId, Consumer<StartingPosition.Builder> position) {
    return TestSubscription.start(kinesis, arn, shardId, position).awaitError();
  }
}
