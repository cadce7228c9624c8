package dev.millrace.read;

import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Consumers that were registered for one piece of work. They are charged for by the hour, so they
 * live no longer than it: closing deregisters them.
 */
public final class RegisteredConsumers implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final int MAX_POLLS = 240;
  private static final int MAX_ATTEMPTS = 10;

  private final ConsumerRegistry registry;
  private final Pause pause;
  private final List<ConsumerArn> consumers = new ArrayList<>();

  private RegisteredConsumers(ConsumerRegistry registry, Pause pause) {
    this.registry = registry;
    this.pause = pause;
  }

  /**
   * Registers consumers and waits until they are active; where one cannot be had, none is left.
   *
   * @throws MillraceException why one cannot be had
   */
  public static RegisteredConsumers register(
      ConsumerRegistry registry, String streamArn, List<ConsumerName> names, Pause pause) {
    RegisteredConsumers registered = new RegisteredConsumers(registry, pause);
    try {
      for (ConsumerName name : names) {
        registered.consumers.add(
            registered.retrying(() -> registry.register(streamArn, name.value())).arn());
      }
      registered.consumers.forEach(registered::awaitActive);
      return registered;
    } catch (RuntimeException e) {
      registered.closeAfter(e);
      throw e;
    }
  }

  private void closeAfter(RuntimeException failure) {
    try {
      close();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private void awaitActive(ConsumerArn consumer) {
    for (int i = 0; i < MAX_POLLS; i++) {
      String status = retrying(() -> registry.find(consumer)).status();
      if (status.equals("ACTIVE")) {
        return;
      }
      pause.nanos(POLL.toNanos());
    }
    throw new MillraceException(
        ErrorCode.EXTERNAL,
        "Consumer "
            + consumer
            + " was registered but is not active after "
            + POLL.multipliedBy(MAX_POLLS).toSeconds()
            + " s; run again later");
  }

  /** Registering is limited to five a second, and to five in the making. */
  private <T> T retrying(java.util.function.Supplier<T> call) {
    for (int attempt = 1; ; attempt++) {
      try {
        return call.get();
      } catch (KinesisException e) {
        if (!mayPass(e.kind()) || attempt == MAX_ATTEMPTS) {
          throw e;
        }
        pause.nanos(POLL.multipliedBy(attempt).toNanos());
      }
    }
  }

  private static boolean mayPass(KinesisException.Kind kind) {
    return kind == KinesisException.Kind.THROTTLED || kind == KinesisException.Kind.UNAVAILABLE;
  }

  public List<ConsumerArn> consumers() {
    return List.copyOf(consumers);
  }

  /**
   * Deregisters every one of them.
   *
   * @throws MillraceException naming those that are left
   */
  @Override
  public void close() {
    List<String> left = new ArrayList<>();
    KinesisException last = null;
    for (ConsumerArn consumer : consumers) {
      try {
        retrying(
            () -> {
              registry.deregister(consumer);
              return consumer;
            });
      } catch (KinesisException e) {
        if (e.kind() != KinesisException.Kind.NOT_FOUND) {
          left.add(consumer.value());
          last = e;
        }
      }
    }
    consumers.clear();
    if (last != null) {
      throw new MillraceException(
          last.code(),
          "These consumers could not be deregistered and are still charged for: "
              + String.join(", ", left)
              + ". Run 'millrace consumers STREAM --clean'. The last failure: "
              + last.getMessage(),
          last);
    }
  }
}
