package dev.millrace.emulator;

import dev.millrace.emulator.http.EventSource;
import dev.millrace.emulator.operation.Push;
import dev.millrace.emulator.operation.Subscription;
import dev.millrace.emulator.wire.Answer;
import dev.millrace.emulator.wire.EventMessage;
import dev.millrace.emulator.wire.ServiceException;
import dev.millrace.emulator.wire.WireFormat;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A subscription as messages of an event stream, each of which a fault may hit. */
final class SubscriptionFeed implements EventSource {
  /** A structure without fields: an initial response has a body, unlike an empty answer. */
  private static final Answer NO_FIELDS = out -> {};

  private final Subscription subscription;
  private final WireFormat format;
  private final Faults faults;
  private State state;

  /** How the initial response reaches the client. */
  enum Greeting {
    WHOLE,
    CUT
  }

  private enum State {
    GREETING,
    CUT_GREETING,
    PUSHING,
    /** Nothing is said any more, until the subscription is over. */
    STALLED,
    /** What was to be said has been said. */
    OVER
  }

  SubscriptionFeed(Subscription subscription, WireFormat format, Faults faults, Greeting greeting) {
    this.subscription = subscription;
    this.format = format;
    this.faults = faults;
    this.state = greeting == Greeting.CUT ? State.CUT_GREETING : State.GREETING;
  }

  @Override
  public Part next() {
    return switch (state) {
      case GREETING -> {
        state = State.PUSHING;
        yield new Part(Kind.BYTES, greeting());
      }
      case CUT_GREETING -> new Part(Kind.CUT, half(greeting()));
      case PUSHING -> part(subscription.next());
      case STALLED -> subscription.ending().isPresent() ? Part.LAST : Part.NOTHING;
      case OVER -> Part.LAST;
    };
  }

  private List<ByteBuffer> greeting() {
    return EventMessage.event("initial-response", format, NO_FIELDS);
  }

  private Part part(Push push) {
    if (push instanceof Push.Event event) {
      return event(EventMessage.event("SubscribeToShardEvent", format, event.payload()));
    }
    if (push instanceof Push.Failure failure) {
      return failed(failure.error());
    }
    return push == Push.Signal.END ? Part.LAST : Part.NOTHING;
  }

  private Part failed(ServiceException error) {
    state = State.OVER;
    return new Part(Kind.BYTES, EventMessage.exception(format, error));
  }

  private Part event(List<ByteBuffer> message) {
    for (Fault fault : faults.onEvent(subscription.shardId())) {
      if (fault instanceof Fault.Stall) {
        state = State.STALLED;
        return Part.NOTHING;
      }
      if (fault instanceof Fault.ResetStream) {
        return new Part(Kind.RESET, half(message));
      }
      if (fault instanceof Fault.CutEvent) {
        return new Part(Kind.CUT, half(message));
      }
      if (fault instanceof Fault.FailedSubscription failed) {
        return failed(ServiceException.of(failed.code(), "A fault of the emulator."));
      }
    }
    return new Part(Kind.BYTES, message);
  }

  private static List<ByteBuffer> half(List<ByteBuffer> message) {
    long left = message.stream().mapToLong(ByteBuffer::remaining).sum() / 2;
    List<ByteBuffer> kept = new ArrayList<>();
    for (ByteBuffer part : message) {
      ByteBuffer slice = part.slice(part.position(), (int) Math.min(left, part.remaining()));
      left -= slice.remaining();
      kept.add(slice);
    }
    return kept;
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
