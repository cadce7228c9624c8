package dev.millrace.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.read.KinesisException.Kind;
import dev.millrace.stream.MillraceException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RegisteredConsumersTest {
  /** Consumers in memory; a failure that a test queues happens after the call did its work. */
  private static final class FakeRegistry implements ConsumerRegistry {
    final Map<ConsumerArn, StreamConsumer> consumers = new LinkedHashMap<>();
    final Deque<Kind> lostAnswers = new ArrayDeque<>();
    final Deque<Kind> failures = new ArrayDeque<>();
    String status = "ACTIVE";

    @Override
    public StreamConsumer register(String streamArn, String name) {
      fail(failures);
      ConsumerArn arn = new ConsumerArn(streamArn + "/consumer/" + name);
      if (consumers.containsKey(arn)) {
        throw FakeKinesis.failure(Kind.IN_USE);
      }
      StreamConsumer consumer = new StreamConsumer(name, arn, status, Instant.EPOCH);
      consumers.put(arn, consumer);
      fail(lostAnswers);
      return consumer;
    }

    @Override
    public ConsumerPage consumers(String streamArn, Optional<String> token) {
      return new ConsumerPage(List.copyOf(consumers.values()), Optional.empty());
    }

    @Override
    public StreamConsumer find(ConsumerArn consumer) {
      StreamConsumer found = consumers.get(consumer);
      if (found == null) {
        throw FakeKinesis.failure(Kind.NOT_FOUND);
      }
      return found;
    }

    @Override
    public void deregister(ConsumerArn consumer) {
      fail(failures);
      if (consumers.remove(consumer) == null) {
        throw FakeKinesis.failure(Kind.NOT_FOUND);
      }
    }

    private static void fail(Deque<Kind> queue) {
      Kind kind = queue.pollFirst();
      if (kind != null) {
        throw FakeKinesis.failure(kind);
      }
    }
  }

  private final FakeRegistry registry = new FakeRegistry();
  private final List<ConsumerName> names =
      List.of(
          new ConsumerName(0, 77, Instant.EPOCH, "host"),
          new ConsumerName(1, 77, Instant.EPOCH, "host"));

  private RegisteredConsumers register() {
    return RegisteredConsumers.register(registry, "arn", names, nanos -> {});
  }

  @Test
  void closing_leavesNone() {
    try (RegisteredConsumers registered = register()) {
      assertThat(registered.consumers()).hasSize(2);
      assertThat(registry.consumers).hasSize(2);
      registry.failures.add(Kind.THROTTLED);
    }
    assertThat(registry.consumers).isEmpty();
  }

  @Test
  void answerThatWasLost_isNoConsumerThatIsLost() {
    registry.lostAnswers.add(Kind.UNAVAILABLE);
    try (RegisteredConsumers registered = register()) {
      assertThat(registered.consumers()).hasSize(2);
    }
    assertThat(registry.consumers).isEmpty();
  }

  @Test
  void secondThatCannotBeHad_takesTheFirstWithIt() {
    registry.lostAnswers.add(Kind.REFUSED);
    registry.failures.add(Kind.THROTTLED);
    assertThatThrownBy(this::register).isInstanceOf(KinesisException.class);
    registry.consumers.clear();
    registry.status = "CREATING";
    assertThatThrownBy(this::register)
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("did not become active");
    assertThat(registry.consumers).isEmpty();
  }

  @Test
  void whatCannotBeDeregistered_isNamedAndTheRestIsDone() {
    RegisteredConsumers registered = register();
    registry.failures.add(Kind.ACCESS_DENIED);

    assertThatThrownBy(registered::close)
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("still charged for: arn/consumer/millrace-0-77-0-host.")
        .hasMessageContaining("--clean");
    assertThat(registry.consumers).hasSize(1);
  }

  @Test
  void interrupted_deregistersAllTheSame() {
    RegisteredConsumers registered = register();
    registry.failures.add(Kind.THROTTLED);
    Thread.currentThread().interrupt();

    registered.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(registry.consumers).isEmpty();
  }

  @Test
  void names_sayWhoseTheyAre() {
    Instant start = Instant.parse("2026-11-22T10:00:00.5Z");
    ConsumerName name = new ConsumerName(3, 4711, start, "my host/1");

    assertThat(name.value()).isEqualTo("millrace-3-4711-1795341600-my-host-1");
    assertThat(ConsumerName.parse(name.value())).contains(name);
    assertThat(ConsumerName.parse("somebody-else")).isEmpty();
    assertThat(name.isLeftover("my host/1", pid -> Optional.of(start))).isFalse();
    assertThat(name.isLeftover("my host/1", pid -> Optional.of(start.plusSeconds(60)))).isTrue();
    assertThat(name.isLeftover("my host/1", pid -> Optional.empty())).isTrue();
    assertThat(name.isLeftover("other", pid -> Optional.empty())).isFalse();
  }
}
