package dev.millrace.read;

import java.util.function.Consumer;

/**
 * A shard's records on their way to a consumer, for at most five minutes. Thread-safe.
 *
 * <p>Nothing more is pushed than was asked for: while nobody asks, the service is held back, and it
 * may end a subscription that is held back too long.
 */
public interface Subscription extends AutoCloseable {

  /**
   * Asks for one more push. The listener hears exactly one of {@link Event.Pushed} and {@link
   * Event.SubscriptionEnded}, on any thread and possibly before this returns; it must not block.
   * After the end, every further question is answered with it.
   *
   * <p>One question at a time: the next after the listener heard.
   */
  void next(Consumer<Event> listener);

  /** Ends the subscription; a listener that waits hears nothing more. */
  @Override
  void close();
}
