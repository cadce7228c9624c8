package dev.millrace.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.emulator.KinesisClients;
import dev.millrace.emulator.KinesisLocal;
import dev.millrace.read.ConsumerRegistry;
import dev.millrace.read.StreamConsumer;
import dev.millrace.read.Subscription;
import dev.millrace.stream.Position;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** Consumers and subscriptions of an implementation that shares nothing with ours. */
@Timeout(120)
class KinesisLocalFanOutIT {
  private static final StreamRef STREAM = StreamRef.parse("orders");
  private static final ShardId FIRST = new ShardId("shardId-000000000000");

  @Test
  void consumerThatIsRegistered_isPushedTheRecords() {
    try (KinesisLocal local = KinesisLocal.start();
        KinesisClient producer = KinesisClients.cbor(local.endpoint());
        AwsKinesis kinesis = AwsKinesis.connect(AwsOptions.atEndpoint(local.endpoint()))) {
      producer.createStream(r -> r.streamName(STREAM.name()).shardCount(1));
      FanOutFixture.await(
          "the stream", () -> kinesis.summary(STREAM).status().equals(StreamStatus.ACTIVE.name()));
      String arn = kinesis.summary(STREAM).identity().arn();
      ConsumerRegistry consumers = kinesis.consumers();
      StreamConsumer consumer = consumers.register(arn, "reader");
      FanOutFixture.await(
          "the consumer", () -> consumers.find(consumer.arn()).status().equals("ACTIVE"));
      assertThat(consumers.consumers(arn, Optional.empty()).consumers())
          .extracting(StreamConsumer::arn)
          .containsExactly(consumer.arn());

      List<String> expected = new ArrayList<>();
      Subscription subscription =
          kinesis.subscribe(STREAM, FIRST, consumer.arn(), Position.trimHorizon()).subscription();
      for (int i = 0; i < 20; i++) {
        String text = "r" + i;
        producer.putRecord(
            r ->
                r.streamName(STREAM.name())
                    .partitionKey("key")
                    .data(SdkBytes.fromUtf8String(text)));
        expected.add(text);
      }

      assertThat(FanOutFixture.texts(subscription, 20)).isEqualTo(expected);
      subscription.close();
    }
  }
}
