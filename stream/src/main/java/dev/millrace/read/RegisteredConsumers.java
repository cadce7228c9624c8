package dev.millrace.read;

import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

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
  private final Retry retry;
  private final List<ConsumerArn> consumers = new ArrayList<>();

  private RegisteredConsumers(ConsumerRegistry registry, Pause pause) {
    this.registry = registry;
    this.pause = pause;
    // Registering is limited to five a second, and to five in the making.
    Backoff backoff = new Backoff(POLL, Duration.ofSeconds(5), new Random());
    this.retry = new Retry(MAX_ATTEMPTS, backoff, pause);
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
        registered.consumers.add(registered.register(streamArn, name.value()));
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
      String status = retry.of(() -> registry.find(consumer)).status();
      if (status.equals("ACTIVE")) {
        return;
      }
      if (Thread.currentThread().isInterrupted()) {
        break;
      }
      pause.nanos(POLL.toNanos());
    }
    throw new MillraceException(
        ErrorCode.EXTERNAL,
        "Consumer "
            + consumer
            + " was registered but did not become active in time; run again later");
  }

  /** A name of ours is nobody else's: where it is in use, the answer to our own call was lost. */
  private ConsumerArn register(String streamArn, String name) {
    try {
      return retry.of(() -> registry.register(streamArn, name)).arn();
    } catch (KinesisException e) {
      if (e.kind() != KinesisException.Kind.IN_USE) {
        throw e;
      }
      return registered(streamArn, name).orElseThrow(() -> e);
    }
  }

  private Optional<ConsumerArn> registered(String streamArn, String name) {
    Optional<String> token = Optional.empty();
    do {
      Optional<String> current = token;
      ConsumerPage page = retry.of(() -> registry.consumers(streamArn, current));
      Optional<ConsumerArn> found =
          page.consumers().stream()
              .filter(consumer -> consumer.name().equals(name))
              .map(StreamConsumer::arn)
              .findFirst();
      if (found.isPresent()) {
        return found;
      }
      token = page.nextToken();
    } while (token.isPresent());
    return Optional.empty();
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
    // Whoever stops us must not keep us from giving back what is paid for.
    boolean interrupted = Thread.interrupted();
    try {
      deregisterAll();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void deregisterAll() {
    List<String> left = new ArrayList<>();
    MillraceException last = null;
    for (ConsumerArn consumer : consumers) {
      try {
        deregister(consumer);
      } catch (MillraceException e) {
        left.add(consumer.value());
        last = e;
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

  private void deregister(ConsumerArn consumer) {
    try {
      retry.of(
          () -> {
            registry.deregister(consumer);
            return consumer;
          });
    } catch (KinesisException e) {
      if (e.kind() != KinesisException.Kind.NOT_FOUND) {
        throw e;
      }
    }
  }
}
