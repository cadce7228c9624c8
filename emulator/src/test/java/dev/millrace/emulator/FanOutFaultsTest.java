package dev.millrace.emulator;

import static dev.millrace.emulator.EmulatorFixture.SHARD;
import static dev.millrace.emulator.EmulatorFixture.STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.AccessDeniedException;
import software.amazon.awssdk.services.kinesis.model.InternalFailureException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.LimitExceededException;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;

/** What goes wrong with subscriptions. */
class FanOutFaultsTest {
  private static final FaultScope SUBSCRIBE = FaultScope.operation("SubscribeToShard");

  private final EmulatorFixture fixture =
      EmulatorFixture.withStream(
          options -> options.withFanOut(FanOut.defaults().withTakeOverAfter(Duration.ZERO)));
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

  private Throwable refusal() {
    return TestSubscription.start(kinesis, consumer, SHARD, start -> start.type("TRIM_HORIZON"))
        .awaitError();
  }

  /** A fault of an event hits on the emulator's own threads, soon after what causes the event. */
  private void awaitInjected() {
    while (fixture.faults().injected().isEmpty()) {
      Thread.onSpinWait();
    }
  }

  @Test
  @Timeout(60)
  void stall_silencesASubscriptionThatStaysOpen() {
    TestSubscription stalled = subscribe();
    fixture.put("one");
    assertThat(stalled.texts(1)).containsExactly("one");
    fixture.faults().next(1, Fault.stall(), SUBSCRIBE);
    fixture.put("two");
    awaitInjected();

    fixture.advance(Duration.ofMinutes(4));
    String other = fixture.streams().registerConsumer(STREAM, "other");
    TestSubscription healthy = TestSubscription.trimHorizon(kinesis, other, SHARD);
    assertThat(healthy.texts(2)).containsExactly("one", "two");
    fixture.advance(Duration.ofSeconds(30));
    assertThat(healthy.next().records()).isEmpty();

    assertThat(stalled.isSilent()).isTrue();
    assertThat(fixture.faults().injected())
        .containsExactly(new Faults.Injected("SubscribeToShard", SHARD, Fault.stall()));
    fixture.advance(Duration.ofSeconds(30));
    stalled.awaitEnd();
  }

  @Test
  @Timeout(60)
  void stall_atAShardsEnd_hidesTheEnd() {
    TestSubscription stalled = subscribe();
    fixture.faults().next(1, Fault.stall(), SUBSCRIBE);

    fixture.streams().split(STREAM, SHARD);
    awaitInjected();
    TestSubscription second = subscribe();

    assertThat(second.next().childShards()).hasSize(2);
    stalled.awaitEnd();
  }

  @Test
  void resetStream_cutsOneSubscriptionInTheMiddleOfAnEvent() {
    fixture.streams().updateShardCount(STREAM, 2);
    TestSubscription reset =
        TestSubscription.trimHorizon(kinesis, consumer, "shardId-000000000001");
    TestSubscription other =
        TestSubscription.trimHorizon(kinesis, consumer, "shardId-000000000002");
    fixture.faults().next(1, Fault.resetStream(), SUBSCRIBE.onShard("shardId-000000000001"));

    fixture.streams().put(STREAM, "key", BigInteger.ONE, new byte[5000], fixture.now());
    fixture
        .streams()
        .put(
            STREAM,
            "key",
            Streams.middleHashKey().add(BigInteger.TEN),
            "whole".getBytes(StandardCharsets.UTF_8),
            fixture.now());

    // To a client of the SDK it looks as if the subscription ended well.
    reset.awaitOver();
    assertThat(reset.hasNext()).isFalse();
    assertThat(other.texts(1)).containsExactly("whole");
  }

  @Test
  void cutEvent_closesTheConnection() {
    TestSubscription cut = subscribe();
    fixture.faults().next(1, Fault.cutEvent(), SUBSCRIBE);

    fixture.put("x".repeat(5000));

    assertThat(cut.awaitError()).isInstanceOf(SdkClientException.class);
    assertThat(subscribe().texts(1)).containsExactly("x".repeat(5000));
  }

  @Test
  void failedSubscription_endsWithTheError() {
    TestSubscription failed = subscribe();
    fixture.faults().next(1, Fault.failedSubscription("InternalFailureException"), SUBSCRIBE);

    fixture.put("one");

    assertThat(failed.awaitError()).isInstanceOf(InternalFailureException.class);
  }

  @Test
  void shortSubscription_endsEarly() {
    fixture.faults().next(1, Fault.shortSubscription(Duration.ofSeconds(7)), SUBSCRIBE);
    TestSubscription shortened = subscribe();

    fixture.advance(Duration.ofSeconds(7));

    shortened.awaitEnd();
  }

  @Test
  void errorAnswers_refuseTheSubscription() {
    fixture.faults().next(1, Fault.throttle(), SUBSCRIBE);
    assertThat(refusal()).isInstanceOf(LimitExceededException.class);
    fixture.faults().next(1, Fault.accessDenied(), SUBSCRIBE);
    assertThat(refusal()).isInstanceOf(AccessDeniedException.class);
    fixture.faults().next(1, Fault.refusal("ResourceInUseException"), SUBSCRIBE);
    assertThat(refusal()).isInstanceOf(ResourceInUseException.class);
    fixture.faults().next(1, Fault.serverError(503), SUBSCRIBE);
    assertThat(refusal())
        .isInstanceOfSatisfying(
            KinesisException.class, error -> assertThat(error.statusCode()).isEqualTo(503));
  }

  @Test
  void brokenAnswers_areErrorsOfTheConnection() {
    fixture.faults().next(1, Fault.droppedConnection(), SUBSCRIBE);
    assertThat(refusal()).isInstanceOf(SdkClientException.class);
    fixture.faults().next(1, Fault.cutAnswer(), SUBSCRIBE);
    assertThat(refusal()).isInstanceOf(SdkClientException.class);
  }

  @Test
  void latency_delaysTheSubscription() {
    fixture.put("one");
    fixture.faults().next(1, Fault.latency(Duration.ofMillis(1)), SUBSCRIBE);

    assertThat(subscribe().texts(1)).containsExactly("one");
  }
}
