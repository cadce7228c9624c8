package dev.millrace.emulator;

import static dev.millrace.emulator.EmulatorFixture.SHARD;
import static dev.millrace.emulator.EmulatorFixture.STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.Consumer;
import software.amazon.awssdk.services.kinesis.model.ConsumerStatus;
import software.amazon.awssdk.services.kinesis.model.ExpiredNextTokenException;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.LimitExceededException;
import software.amazon.awssdk.services.kinesis.model.ListStreamConsumersResponse;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

/** Consumers that come and go, and their limits. */
class ConsumersTest {
  private static final String STREAM_ARN =
      "arn:aws:kinesis:us-east-1:000000000000:stream/" + STREAM;

  private final EmulatorFixture fixture =
      EmulatorFixture.withStream(
          options ->
              options.withFanOut(FanOut.defaults().withConsumerCreation(Duration.ofSeconds(10))));

  @AfterEach
  void close() {
    fixture.close();
  }

  private Consumer register(String name) {
    return fixture
        .kinesis()
        .registerStreamConsumer(request -> request.streamARN(STREAM_ARN).consumerName(name))
        .consumer();
  }

  private ConsumerStatus status(String arn) {
    return fixture
        .kinesis()
        .describeStreamConsumer(request -> request.consumerARN(arn))
        .consumerDescription()
        .consumerStatus();
  }

  @Test
  void consumer_isCreatingForAWhile() {
    Consumer consumer = register("reader");

    assertThat(consumer.consumerStatus()).isEqualTo(ConsumerStatus.CREATING);
    assertThat(consumer.consumerARN())
        .isEqualTo(STREAM_ARN + "/consumer/reader:" + EmulatorFixture.START.getEpochSecond());
    assertThat(status(consumer.consumerARN())).isEqualTo(ConsumerStatus.CREATING);
    fixture.advance(Duration.ofSeconds(10));
    assertThat(status(consumer.consumerARN())).isEqualTo(ConsumerStatus.ACTIVE);
  }

  @Test
  void consumerThatIsCreating_cannotSubscribe() {
    String arn = register("reader").consumerARN();

    try (KinesisAsyncClient kinesis = KinesisAsyncClients.cbor(fixture.emulator().endpoint())) {
      TestSubscription subscription =
          TestSubscription.start(kinesis, arn, SHARD, position -> position.type("TRIM_HORIZON"));

      assertThat(subscription.awaitError())
          .isInstanceOf(ResourceInUseException.class)
          .hasMessageContaining("not ACTIVE");
    }
  }

  @Test
  void sixthConsumerInCreation_isRefused() {
    for (int i = 0; i < 5; i++) {
      register("reader-" + i);
    }

    assertThatThrownBy(() -> register("reader-5"))
        .isInstanceOf(LimitExceededException.class)
        .hasMessageContaining("CREATING");
    fixture.advance(Duration.ofSeconds(10));
    assertThat(register("reader-5").consumerName()).isEqualTo("reader-5");
  }

  @Test
  void twentyFirstConsumer_isRefused() {
    registerTwenty();

    assertThatThrownBy(() -> register("reader-20")).isInstanceOf(LimitExceededException.class);
    assertThat(
            fixture
                .kinesis()
                .describeStreamSummary(request -> request.streamName(STREAM))
                .streamDescriptionSummary()
                .consumerCount())
        .isEqualTo(20);
  }

  private void registerTwenty() {
    for (int i = 0; i < 20; i++) {
      register("reader-%02d".formatted(i));
      fixture.advance(Duration.ofSeconds(10));
    }
  }

  @Test
  void list_isPaged() {
    registerTwenty();

    ListStreamConsumersResponse first =
        fixture
            .kinesis()
            .listStreamConsumers(request -> request.streamARN(STREAM_ARN).maxResults(15));
    ListStreamConsumersResponse second =
        fixture
            .kinesis()
            .listStreamConsumers(
                request -> request.streamARN(STREAM_ARN).nextToken(first.nextToken()));

    assertThat(first.consumers()).hasSize(15);
    assertThat(second.consumers())
        .extracting(Consumer::consumerName)
        .containsExactly("reader-15", "reader-16", "reader-17", "reader-18", "reader-19");
    assertThat(second.nextToken()).isNull();
    fixture.advance(Duration.ofSeconds(301));
    assertThatThrownBy(
            () ->
                fixture
                    .kinesis()
                    .listStreamConsumers(
                        request -> request.streamARN(STREAM_ARN).nextToken(first.nextToken())))
        .isInstanceOf(ExpiredNextTokenException.class);
  }

  @Test
  void nameThatExists_isInUse() {
    register("reader");

    assertThatThrownBy(() -> register("reader")).isInstanceOf(ResourceInUseException.class);
  }

  @Test
  void nameThatIsInvalid_isRefused() {
    assertThatThrownBy(() -> register("no spaces"))
        .hasMessageContaining("consumerName")
        .hasMessageContaining("regular expression");
  }

  @Test
  void deregisteredConsumer_isNotFound() {
    String arn = register("reader").consumerARN();

    fixture.kinesis().deregisterStreamConsumer(request -> request.consumerARN(arn));

    assertThatThrownBy(() -> status(arn)).isInstanceOf(ResourceNotFoundException.class);
    fixture.advance(Duration.ofSeconds(1));
    assertThat(register("reader").consumerARN()).isNotEqualTo(arn);
    assertThatThrownBy(() -> status(arn)).isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void consumer_isNamedByArnOrByStreamAndName() {
    String arn = register("reader").consumerARN();

    assertThat(
            fixture
                .kinesis()
                .describeStreamConsumer(
                    request -> request.streamARN(STREAM_ARN).consumerName("reader"))
                .consumerDescription()
                .consumerARN())
        .isEqualTo(arn);
    assertThatThrownBy(
            () ->
                fixture.kinesis().describeStreamConsumer(request -> request.consumerName("reader")))
        .isInstanceOf(InvalidArgumentException.class);
    assertThatThrownBy(
            () ->
                fixture
                    .kinesis()
                    .deregisterStreamConsumer(
                        request -> request.streamARN(STREAM_ARN).consumerName("other")))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void streamWithConsumers_isDeletedOnlyByForce() {
    register("reader");

    assertThatThrownBy(() -> fixture.kinesis().deleteStream(request -> request.streamName(STREAM)))
        .isInstanceOf(ResourceInUseException.class);
    fixture
        .kinesis()
        .deleteStream(request -> request.streamName(STREAM).enforceConsumerDeletion(true));
    assertThat(fixture.kinesis().listStreams().streamNames()).isEqualTo(List.of());
  }
}
