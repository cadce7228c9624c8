package dev.millrace.cli;

import dev.millrace.cli.ThisProcess.Owner;
import dev.millrace.read.ConsumerPage;
import dev.millrace.read.ConsumerRegistry;
import dev.millrace.read.KinesisException;
import dev.millrace.read.Pause;
import dev.millrace.read.StreamConsumer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A stream's enhanced fan-out consumers, and whose they are. */
final class OwnedConsumers {
  private static final String DELETING = "DELETING";
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int MAX_ATTEMPTS = 10;

  private final ConsumerRegistry registry;
  private final Pause pause;
  private final ThisProcess here;

  OwnedConsumers(ConsumerRegistry registry, Pause pause, ThisProcess here) {
    this.registry = registry;
    this.pause = pause;
    this.here = here;
  }

  /** A consumer and whose it is. */
  record Owned(StreamConsumer consumer, Owner owner) {

    /** Nobody will use it again and it is still charged for. */
    boolean isToClean() {
      return owner == Owner.LEFTOVER && !consumer.status().equals(DELETING);
    }
  }

  List<Owned> list(String streamArn) {
    List<Owned> owned = new ArrayList<>();
    Optional<String> token = Optional.empty();
    do {
      Optional<String> current = token;
      ConsumerPage page = retrying(() -> registry.consumers(streamArn, current));
      for (StreamConsumer consumer : page.consumers()) {
        owned.add(new Owned(consumer, here.ownerOf(consumer.name())));
      }
      token = page.nextToken();
    } while (token.isPresent());
    return owned;
  }

  /** Deregisters a consumer; one that is gone already is as good. */
  void deregister(StreamConsumer consumer) {
    try {
      retrying(
          () -> {
            registry.deregister(consumer.arn());
            return consumer;
          });
    } catch (KinesisException e) {
      if (e.kind() != KinesisException.Kind.NOT_FOUND) {
        throw e;
      }
    }
  }

  /** Five calls a second, says the service. */
  private <T> T retrying(Supplier<T> call) {
    for (int attempt = 1; ; attempt++) {
      try {
        return call.get();
      } catch (KinesisException e) {
        boolean mayPass =
            e.kind() == KinesisException.Kind.THROTTLED
                || e.kind() == KinesisException.Kind.UNAVAILABLE;
        if (!mayPass || attempt == MAX_ATTEMPTS) {
          throw e;
        }
        pause.nanos(PAUSE.multipliedBy(attempt).toNanos());
      }
    }
  }
}
