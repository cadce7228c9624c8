package dev.millrace.read;

import java.util.Optional;

/** What a driver brings back to a shard reader. */
public sealed interface Event {

  /** Nothing but the time: at the start, after an emit, after a wait, at a deadline. */
  record Resumed() implements Event {}

  record IteratorReady(IteratorAnswer answer) implements Event {}

  record Answered(RecordsAnswer answer) implements Event {}

  record Subscribed(SubscribeAnswer answer) implements Event {}

  /** A subscription brought something. */
  record Pushed(Push push) implements Event {}

  /**
   * A subscription is over.
   *
   * @param cause empty where it simply came to the end of its time
   */
  record SubscriptionEnded(Optional<KinesisException> cause) implements Event {}

  record CallFailed(KinesisException cause) implements Event {}
}
