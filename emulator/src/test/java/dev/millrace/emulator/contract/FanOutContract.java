package dev.millrace.emulator.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.emulator.TestSubscription;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.model.ChildShard;
import software.amazon.awssdk.services.kinesis.model.Consumer;
import software.amazon.awssdk.services.kinesis.model.ConsumerDescription;
import software.amazon.awssdk.services.kinesis.model.ConsumerStatus;
import software.amazon.awssdk.services.kinesis.model.LimitExceededException;
import software.amazon.awssdk.services.kinesis.model.ListStreamConsumersResponse;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StartingPosition;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEvent;

/** Registered consumers, and what they are pushed. */
interface FanOutContract extends ContractTarget {

  private TestSubscription subscribe(TestStream stream, String shardId) {
    return subscribe(
        stream.awaitConsumer("reader-" + stream.consumers().size()),
        shardId,
        position -> position.type(ShardIteratorType.TRIM_HORIZON));
  }

  private TestSubscription subscribe(
      String consumerArn,
      String shardId,
      java.util.function.Consumer<StartingPosition.Builder> position) {
    return TestSubscription.start(async(), consumerArn, shardId, position).awaitAccepted();
  }

  @Test
  default void registeredConsumer_becomesActive() {
    TestStream stream = stream(1);

    Consumer registered = stream.register("reader");
    String arn = stream.awaitConsumer("other");

    assertThat(registered.consumerName()).isEqualTo("reader");
    assertThat(registered.consumerStatus()).isEqualTo(ConsumerStatus.CREATING);
    assertThat(registered.consumerARN()).startsWith(stream.arn() + "/consumer/reader:");
    ConsumerDescription description =
        kinesis().describeStreamConsumer(request -> request.consumerARN(arn)).consumerDescription();
    assertThat(description.consumerStatus()).isEqualTo(ConsumerStatus.ACTIVE);
    assertThat(description.streamARN()).isEqualTo(stream.arn());
    assertThat(description.consumerCreationTimestamp()).isNotNull();
  }

  @Test
  default void consumer_isFoundByStreamAndName() {
    TestStream stream = stream(1);
    String arn = stream.awaitConsumer("reader");

    assertThat(stream.consumer("reader").consumerARN()).isEqualTo(arn);
    assertThatThrownBy(() -> stream.consumer("nobody"))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  default void consumerThatExists_isInUse() {
    TestStream stream = stream(1);
    stream.register("reader");

    assertThatThrownBy(() -> stream.register("reader")).isInstanceOf(ResourceInUseException.class);
  }

  @Test
  default void twentyFirstConsumer_exceedsTheLimit() {
    TestStream stream = stream(1);
    for (int i = 0; i < 20; i++) {
      stream.awaitConsumer("reader-" + i);
    }

    assertThatThrownBy(() -> stream.register("reader-20"))
        .isInstanceOf(LimitExceededException.class);
  }

  @Test
  default void consumers_areListedInPages() throws Throwable {
    TestStream stream = stream(1);
    for (String name : List.of("a", "b", "c")) {
      stream.awaitConsumer(name);
    }

    ListStreamConsumersResponse first =
        kinesis().listStreamConsumers(request -> request.streamARN(stream.arn()).maxResults(2));
    ListStreamConsumersResponse second =
        kinesis()
            .listStreamConsumers(
                request -> request.streamARN(stream.arn()).nextToken(first.nextToken()));

    assertThat(first.consumers()).hasSize(2);
    List<Consumer> all = new ArrayList<>(first.consumers());
    all.addAll(second.consumers());
    holdsUnless(
        KnownDifferences.LIST_OF_CONSUMERS_GOES_ON,
        () -> {
          assertThat(all)
              .extracting(Consumer::consumerName)
              .containsExactlyInAnyOrder("a", "b", "c");
          assertThat(second.nextToken()).isNull();
        });
  }

  /** A name of its own: kinesis-local takes away the first consumer of that name of any stream. */
  @Test
  default void deregisteredConsumer_isGone() {
    TestStream stream = stream(1);
    String arn = stream.awaitConsumer("leaver");

    kinesis().deregisterStreamConsumer(request -> request.consumerARN(arn));

    stream.awaitNoConsumer("leaver");
    assertThat(stream.consumers()).isEmpty();
  }

  @Test
  default void records_arePushedBeforeAndAfterTheyArePut() {
    TestStream stream = stream(1);
    String shardId = stream.put("key", "one").shardId();
    stream.put("key", "two");

    try (TestSubscription subscription = subscribe(stream, shardId)) {
      List<String> before = subscription.texts(2);
      stream.put("key", "three");
      List<String> after = subscription.texts(1);

      assertThat(before).containsExactly("one", "two");
      assertThat(after).containsExactly("three");
    }
  }

  @Test
  default void subscriptions_startWhereTheirTypeSays() {
    TestStream stream = stream(1);
    String shardId = stream.put("key", "one").shardId();
    String second = stream.put("key", "two").sequenceNumber();
    stream.put("key", "three");

    try (TestSubscription at =
            subscribe(
                stream.awaitConsumer("at"),
                shardId,
                position ->
                    position.type(ShardIteratorType.AT_SEQUENCE_NUMBER).sequenceNumber(second));
        TestSubscription after =
            subscribe(
                stream.awaitConsumer("after"),
                shardId,
                position ->
                    position.type(ShardIteratorType.AFTER_SEQUENCE_NUMBER).sequenceNumber(second));
        TestSubscription latest =
            subscribe(
                stream.awaitConsumer("latest"),
                shardId,
                position -> position.type(ShardIteratorType.LATEST))) {
      assertThat(at.texts(2)).containsExactly("two", "three");
      assertThat(after.texts(1)).containsExactly("three");
      stream.put("key", "four");
      assertThat(latest.texts(1)).containsExactly("four");
    }
  }

  @Test
  default void subscription_atATimestamp_startsWithTheFirstRecordFromThenOn() {
    TestStream stream = stream(1);
    String shardId = stream.put("key", "one").shardId();
    var arrival = stream.records(stream.trimHorizon(shardId)).get(0).approximateArrivalTimestamp();

    try (TestSubscription subscription =
        subscribe(
            stream.awaitConsumer("reader"),
            shardId,
            position -> position.type(ShardIteratorType.AT_TIMESTAMP).timestamp(arrival))) {
      assertThat(subscription.texts(1)).containsExactly("one");
    }
  }

  @Test
  default void afterTheContinuation_comesExactlyTheRest() {
    TestStream stream = stream(1);
    String shardId = stream.put("key", "one").shardId();
    SubscribeToShardEvent event;
    try (TestSubscription subscription = subscribe(stream, shardId)) {
      event = subscription.next();
      while (event.records().isEmpty()) {
        event = subscription.next();
      }
    }
    String continuation = event.continuationSequenceNumber();
    stream.put("key", "two");

    try (TestSubscription continued =
        subscribe(
            stream.awaitConsumer("other"),
            shardId,
            position ->
                position
                    .type(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                    .sequenceNumber(continuation))) {
      assertThat(event.records()).extracting(TestStream::text).containsExactly("one");
      assertThat(event.millisBehindLatest()).isNotNull();
      assertThat(continued.texts(1)).containsExactly("two");
    }
  }

  @Test
  default void twoConsumers_areEachPushedEverything() {
    TestStream stream = stream(1);
    stream.putNumbers(100);
    String shardId = stream.shard(0).shardId();

    try (TestSubscription first = subscribe(stream, shardId);
        TestSubscription second = subscribe(stream, shardId)) {
      List<String> texts = first.texts(100);
      assertThat(texts).hasSize(100).startsWith("0", "1", "2").endsWith("99");
      assertThat(second.texts(100)).isEqualTo(texts);
    }
  }

  @Test
  default void subscription_atAClosedShardsEnd_namesTheChildrenAndEnds() throws Throwable {
    TestStream stream = stream(1);
    String parentId = stream.putAt(LOW, "before").shardId();
    split(stream, parentId, SPACE.shiftRight(1));

    holdsUnless(
        KnownDifferences.SUBSCRIPTION_ENDS_WITH_ITS_SHARD,
        () -> {
          try (TestSubscription subscription =
              subscribe(stream, parentId)
                  .within(patience(KnownDifferences.SUBSCRIPTION_ENDS_WITH_ITS_SHARD))) {
            List<String> texts = new ArrayList<>();
            SubscribeToShardEvent event = subscription.next();
            event.records().forEach(record -> texts.add(TestStream.text(record)));
            // The end may be an event of its own. Who goes on saying nothing has none.
            if (event.continuationSequenceNumber() != null) {
              event = subscription.next();
              event.records().forEach(record -> texts.add(TestStream.text(record)));
            }
            assertThat(event.continuationSequenceNumber()).isNull();
            assertThat(texts).containsExactly("before");
            assertThat(event.childShards())
                .extracting(ChildShard::shardId)
                .containsExactlyInAnyOrder(stream.shard(1).shardId(), stream.shard(2).shardId());
            subscription.awaitEnd();
          }
        });
  }

  @Test
  default void secondSubscription_atOnce_isInUse() {
    TestStream stream = stream(1);
    String shardId = stream.shard(0).shardId();
    String arn = stream.awaitConsumer("reader");

    try (TestSubscription first =
            subscribe(arn, shardId, position -> position.type(ShardIteratorType.LATEST));
        TestSubscription second =
            TestSubscription.start(
                async(), arn, shardId, position -> position.type(ShardIteratorType.LATEST))) {
      assertThat(second.awaitError()).isInstanceOf(ResourceInUseException.class);
      assertThat(first.isSilent() || first.hasNext()).isTrue();
    }
  }

  @Test
  default void deregistering_endsASubscription() throws Throwable {
    TestStream stream = stream(1);
    String arn = stream.awaitConsumer("reader");
    try (TestSubscription subscription =
        subscribe(
                arn, stream.shard(0).shardId(), position -> position.type(ShardIteratorType.LATEST))
            .within(patience(KnownDifferences.DEREGISTERING_ENDS_A_SUBSCRIPTION))) {
      kinesis().deregisterStreamConsumer(request -> request.consumerARN(arn));

      holdsUnless(
          KnownDifferences.DEREGISTERING_ENDS_A_SUBSCRIPTION,
          () ->
              assertThat(subscription.awaitError()).isInstanceOf(ResourceNotFoundException.class));
    }
  }

  @Test
  default void subscription_ofAMissingConsumer_isResourceNotFound() {
    TestStream stream = stream(1);
    String arn = stream.awaitConsumer("reader").replace("reader", "nobody");

    assertThat(refusal(arn, stream.shard(0).shardId()).awaitError())
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  default void subscription_toAMissingShard_isResourceNotFound() throws Throwable {
    String arn = stream(1).awaitConsumer("reader");

    holdsUnless(
        KnownDifferences.SUBSCRIPTION_TO_A_MISSING_SHARD_IS_REFUSED,
        () ->
            assertThat(
                    refusal(arn, "shardId-000000000099")
                        .within(
                            patience(KnownDifferences.SUBSCRIPTION_TO_A_MISSING_SHARD_IS_REFUSED))
                        .awaitError())
                .isInstanceOf(ResourceNotFoundException.class));
  }

  private TestSubscription refusal(String consumerArn, String shardId) {
    return TestSubscription.start(
        async(), consumerArn, shardId, position -> position.type(ShardIteratorType.TRIM_HORIZON));
  }
}
