package dev.millrace.aws;

import dev.millrace.aws.Failures.Purpose;
import dev.millrace.read.ConsumerArn;
import dev.millrace.read.ConsumerPage;
import dev.millrace.read.ConsumerRegistry;
import dev.millrace.read.KinesisException.Kind;
import dev.millrace.read.StreamConsumer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Consumer;
import software.amazon.awssdk.services.kinesis.model.ConsumerDescription;
import software.amazon.awssdk.services.kinesis.model.LimitExceededException;
import software.amazon.awssdk.services.kinesis.model.ListStreamConsumersResponse;

/** Consumers through the SDK's synchronous client, which is another's to close. */
final class AwsConsumers implements ConsumerRegistry {
  /** Words of the limits that somebody else's calls use up for a while. */
  private static final List<String> PASSING =
      List.of("creat", "rate", "concurrent", "simultaneous", "same time", "second");

  private final KinesisClient client;
  private final Failures failures;

  AwsConsumers(KinesisClient client, Target target) {
    this.client = client;
    this.failures = new Failures(target, Purpose.CONSUMERS);
  }

  @Override
  public StreamConsumer register(String streamArn, String name) {
    String what = "register consumer " + name + " of stream " + streamArn;
    return calling(
        what,
        () -> {
          try {
            return consumer(
                client
                    .registerStreamConsumer(r -> r.streamARN(streamArn).consumerName(name))
                    .consumer());
          } catch (LimitExceededException e) {
            throw isFull(e) ? failures.refused(what, e) : failures.of(what, Kind.REFUSED, e);
          }
        });
  }

  /**
   * One error stands for three limits: consumers of a stream, consumers in the making, calls a
   * second. Only its text tells them apart; where it does not, asking again later does no harm.
   */
  private static boolean isFull(LimitExceededException failure) {
    String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    return text.contains("consumers") && PASSING.stream().noneMatch(text::contains);
  }

  @Override
  public ConsumerPage consumers(String streamArn, Optional<String> token) {
    return calling(
        "list the consumers of stream " + streamArn,
        () -> {
          ListStreamConsumersResponse page =
              client.listStreamConsumers(
                  r -> {
                    r.streamARN(streamArn);
                    token.ifPresent(r::nextToken);
                  });
          return new ConsumerPage(
              page.consumers().stream().map(AwsConsumers::consumer).toList(),
              Optional.ofNullable(page.nextToken()));
        });
  }

  @Override
  public StreamConsumer find(ConsumerArn consumer) {
    return calling(
        "find consumer " + consumer,
        () -> {
          ConsumerDescription found =
              client
                  .describeStreamConsumer(r -> r.consumerARN(consumer.value()))
                  .consumerDescription();
          return new StreamConsumer(
              found.consumerName(),
              new ConsumerArn(found.consumerARN()),
              found.consumerStatusAsString(),
              found.consumerCreationTimestamp());
        });
  }

  @Override
  public void deregister(ConsumerArn consumer) {
    calling(
        "deregister consumer " + consumer,
        () -> client.deregisterStreamConsumer(r -> r.consumerARN(consumer.value())));
  }

  private static StreamConsumer consumer(Consumer listed) {
    return new StreamConsumer(
        listed.consumerName(),
        new ConsumerArn(listed.consumerARN()),
        listed.consumerStatusAsString(),
        listed.consumerCreationTimestamp());
  }

  private <T> T calling(String what, Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException e) {
      throw failures.of(what, Kind.REFUSED, e);
    }
  }
}
