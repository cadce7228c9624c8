package dev.millrace.emulator.operation;

import dev.millrace.emulator.limits.PushMeter;
import dev.millrace.emulator.stream.KinesisStream;
import dev.millrace.emulator.stream.Shard;
import dev.millrace.emulator.wire.Fields;
import dev.millrace.emulator.wire.ServiceException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** SubscribeToShard. */
final class Subscribing {
  private final Account account;
  private final Consumers consumers;
  private final FanOutRules rules;

  Subscribing(Account account, Consumers consumers, FanOutRules rules) {
    this.account = account;
    this.consumers = consumers;
    this.rules = rules;
  }

  /**
   * @param life how long the subscription lasts; null for as long as the rules say
   */
  Subscription subscribe(Fields request, @Nullable Duration life) {
    String arn = request.text("ConsumerARN");
    String shardId = request.text("ShardId");
    Fields position = request.structure("StartingPosition").orElse(null);
    new Violations()
        .required("consumerARN", arn)
        .required("shardId", shardId)
        .name("shardId", shardId)
        .required("startingPosition", position)
        .throwIfAny();
    StartingPosition start = start(Objects.requireNonNull(position));
    StreamConsumer consumer = consumers.withArn(Objects.requireNonNull(arn));
    KinesisStream stream = consumer.stream();
    InstantSource clock = account.streams().clock();
    if (!consumer.isActive(clock.instant())) {
      throw inUse("Consumer %s is not ACTIVE yet.".formatted(arn));
    }
    Shard shard = account.shard(stream, Objects.requireNonNull(shardId));
    long ordinal = start.in(stream, shard);
    Duration lasting = life == null ? rules.life() : life;
    return consumer.take(
        shardId,
        taking(
            arn,
            shard,
            meter ->
                new Subscription(
                    stream, shard, ordinal, meter, clock, rules.heartbeat(), lasting)));
  }

  private StartingPosition start(Fields position) {
    String type = position.text("Type");
    String number = position.text("SequenceNumber");
    new Violations()
        .required("startingPosition.type", type)
        .pattern("startingPosition.sequenceNumber", number, Violations.SEQUENCE_NUMBER)
        .throwIfAny();
    return new StartingPosition(
        "SubscribeToShard",
        Objects.requireNonNull(type),
        number,
        position.instant("Timestamp"),
        account);
  }

  private Seat.Taking taking(String arn, Shard shard, Function<PushMeter, Subscription> open) {
    ServiceException inUse =
        inUse(
            "Another active subscription exists for this consumer: %s on shard %s."
                .formatted(arn, shard.id()));
    Push toPrevious =
        rules.takenOver() == FanOutRules.TakenOver.EXPIRES
            ? Push.Signal.END
            : new Push.Failure(inUse);
    return new Seat.Taking(
        account.streams().clock().millis(),
        rules.takeOverAfter().toMillis(),
        open,
        inUse,
        toPrevious);
  }

  private static ServiceException inUse(String message) {
    return ServiceException.of("ResourceInUseException", message);
  }
}
