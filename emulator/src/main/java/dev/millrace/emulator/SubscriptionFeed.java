package dev.millrace.emulator;

import dev.millrace.emulator.http.EventSource;
import dev.millrace.emulator.operation.Push;
import dev.millrace.emulator.operation.Subscription;
import dev.millrace.emulator.wire.Answer;
import dev.millrace.emulator.wire.EventMessage;
import dev.millrace.emulator.wire.WireFormat;
import java.nio.ByteBuffer;
import java.util.List;

/** A subscription as messages of an event stream. */
final class SubscriptionFeed implements EventSource {
  /** A structure without fields: an initial response has a body, unlike an empty answer. */
  private static final Answer NO_FIELDS = out -> {};

  private final Subscription subscription;
  private final WireFormat format;
  private boolean greeted;
  private boolean over;

  SubscriptionFeed(Subscription subscription, WireFormat format) {
    this.subscription = subscription;
    this.format = format;
  }

  @Override
  public Part next() {
    if (over) {
      return Part.LAST;
    }
    if (!greeted) {
      greeted = true;
      return bytes(EventMessage.event("initial-response", format, NO_FIELDS));
    }
    return part(subscription.next());
  }

  private Part part(Push push) {
    if (push instanceof Push.Event event) {
      return bytes(EventMessage.event("SubscribeToShardEvent", format, event.payload()));
    }
    if (push instanceof Push.Failure failure) {
      over = true;
      return bytes(EventMessage.exception(format, failure.error()));
    }
    return push == Push.Signal.END ? Part.LAST : Part.NOTHING;
  }

  private static Part bytes(List<ByteBuffer> message) {
    return new Part(Kind.BYTES, message);
  }

  @Override
  public void onChange(Runnable wake) {
    subscription.onChange(wake);
  }

  @Override
  public void close() {
    subscription.close();
  }
}
