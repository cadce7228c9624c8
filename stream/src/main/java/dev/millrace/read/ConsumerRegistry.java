package dev.millrace.read;

import java.util.Optional;

/**
 * The enhanced fan-out consumers of a stream. The only calls of ours that change anything in the
 * account, so they have a door of their own; nothing but a user's wish opens it. Each method is one
 * call, as those of {@link Kinesis}. Thread-safe.
 */
public interface ConsumerRegistry {

  /**
   * Registers a consumer, which is charged for by the hour and shard until it is deregistered.
   *
   * @return as it was made, mostly {@code CREATING}
   * @throws KinesisException {@code IN_USE} where there is one of that name, {@code THROTTLED}
   *     where too many are being made, {@code REFUSED} where the stream has as many as it may have
   */
  StreamConsumer register(String streamArn, String name);

  /** One page of a stream's consumers. */
  ConsumerPage consumers(String streamArn, Optional<String> token);

  /** A consumer as it is now. */
  StreamConsumer find(ConsumerArn consumer);

  /** Ends a consumer and every subscription it has. */
  void deregister(ConsumerArn consumer);
}
