package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.cli.OwnedConsumers.Owned;
import dev.millrace.cli.ThisProcess.Owner;
import dev.millrace.read.ConsumerName;
import dev.millrace.read.KinesisException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OwnedConsumersTest {
  private static final String STREAM = "arn:aws:kinesis:us-east-1:1:stream/orders";
  private static final Instant START = Instant.parse("2024-03-01T12:00:00Z");
  private static final ThisProcess HERE =
      new ThisProcess(
          10, START, "mill", pid -> pid == 10 || pid == 11 ? Optional.of(START) : Optional.empty());

  private final FakeConsumers registry = new FakeConsumers();
  private final OwnedConsumers consumers = new OwnedConsumers(registry, nanos -> {}, HERE);

  private static String name(long pid, Instant started, String host) {
    return new ConsumerName(0, pid, started, host).value();
  }

  @Test
  void everyConsumer_hasItsOwner() {
    registry.add(name(10, START, "mill"), "ACTIVE");
    registry.add(name(11, START, "mill"), "ACTIVE");
    registry.add(name(11, START.minusSeconds(3600), "mill"), "ACTIVE");
    registry.add(name(12, START, "mill"), "ACTIVE");
    registry.add(name(12, START, "race"), "ACTIVE");
    registry.add("analytics", "CREATING");

    assertThat(consumers.list(STREAM))
        .extracting(Owned::owner)
        .containsExactly(
            Owner.THIS_PROCESS,
            Owner.OTHER_PROCESS,
            Owner.LEFTOVER,
            Owner.LEFTOVER,
            Owner.OTHER_HOST,
            Owner.NOT_OURS);
  }

  @Test
  void onlyLeftovers_areToClean() {
    registry.add(name(10, START, "mill"), "ACTIVE");
    registry.add(name(12, START, "mill"), "ACTIVE");
    registry.add(name(13, START, "mill"), "DELETING");
    registry.add("analytics", "ACTIVE");

    List<Owned> toClean = consumers.list(STREAM).stream().filter(Owned::isToClean).toList();

    assertThat(toClean)
        .extracting(owned -> owned.consumer().name())
        .containsExactly(name(12, START, "mill"));
    consumers.deregister(toClean.get(0).consumer());
    assertThat(registry.names())
        .containsExactly(name(10, START, "mill"), name(13, START, "mill"), "analytics");
  }

  @Test
  void throttled_isTriedAgain() {
    registry.add("analytics", "ACTIVE");
    registry.fail(KinesisException.Kind.THROTTLED, 3);
    assertThat(consumers.list(STREAM)).hasSize(1);
  }

  @Test
  void gone_isAsGoodAsDeregistered() {
    registry.add("analytics", "ACTIVE");
    Owned owned = consumers.list(STREAM).get(0);
    registry.fail(KinesisException.Kind.NOT_FOUND, 1);
    consumers.deregister(owned.consumer());
    registry.fail(KinesisException.Kind.ACCESS_DENIED, 1);
    assertThatThrownBy(() -> consumers.deregister(owned.consumer()))
        .isInstanceOf(KinesisException.class);
  }

  @Test
  void processOfUnknownStart_isTakenForTheOne() {
    ThisProcess here = new ThisProcess(10, START, "mill", pid -> Optional.of(ThisProcess.UNKNOWN));
    assertThat(here.ownerOf(name(12, START, "mill"))).isEqualTo(Owner.OTHER_PROCESS);
  }

  @Test
  void ownName_isRecognised() {
    ThisProcess here = ThisProcess.find();
    assertThat(here.ownerOf(here.consumer(0).value())).isEqualTo(Owner.THIS_PROCESS);
  }
}
