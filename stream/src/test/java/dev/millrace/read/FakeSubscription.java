package dev.millrace.read;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A subscription that pushes what a test queues, when it is asked. */
final class FakeSubscription implements Subscription {
  private final Deque<Event> events = new ArrayDeque<>();
  private @Nullable Consumer<Event> listener;
  boolean closed;

  void push(Push push) {
    hand(new Event.Pushed(push));
  }

  void end() {
    hand(new Event.SubscriptionEnded(Optional.empty()));
  }

  void fail(KinesisException.Kind kind) {
    hand(new Event.SubscriptionEnded(Optional.of(FakeKinesis.failure(kind))));
  }

  private synchronized void hand(Event event) {
    events.add(event);
    serve();
  }

  @Override
  public synchronized void next(Consumer<Event> asking) {
    listener = asking;
    serve();
  }

  private void serve() {
    Consumer<Event> waiting = listener;
    if (waiting != null && !events.isEmpty()) {
      listener = null;
      waiting.accept(events.removeFirst());
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
  }
}
