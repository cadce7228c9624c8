package dev.millrace.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.emulator.EmulatorClock;
import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.FanOut;
import dev.millrace.emulator.Fault;
import dev.millrace.emulator.FaultScope;
import dev.millrace.emulator.KinesisEmulator;
import dev.millrace.emulator.ManualClock;
import dev.millrace.read.ConsumerArn;
import dev.millrace.read.ConsumerPage;
import dev.millrace.read.ConsumerRegistry;
import dev.millrace.read.KinesisException;
import dev.millrace.read.KinesisException.Kind;
import dev.millrace.read.StreamConsumer;
import dev.millrace.stream.StreamRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Consumers over HTTP against the emulator. */
@Timeout(120)
class AwsConsumersTest {
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  private final ManualClock clock = EmulatorClock.manual(START);
  private final KinesisEmulator emulator =
      KinesisEmulator.start(
          EmulatorOptions.defaults()
              .withClock(clock)
              .withFanOut(FanOut.defaults().withConsumerCreation(Duration.ofSeconds(30))));
  private final AwsKinesis kinesis = AwsKinesis.connect(AwsOptions.atEndpoint(emulator.endpoint()));
  private final ConsumerRegistry consumers = kinesis.consumers();
  private String stream = "";

  @BeforeEach
  void createStream() {
    emulator.streams().createStream("orders", 1);
    stream = kinesis.summary(StreamRef.parse("orders")).identity().arn();
  }

  @AfterEach
  void close() {
    kinesis.close();
    emulator.close();
  }

  private KinesisException refusal(String name) {
    return catchThrowableOfType(KinesisException.class, () -> consumers.register(stream, name));
  }

  @Test
  void consumer_isMadeFoundListedAndDeregistered() {
    StreamConsumer made = consumers.register(stream, "reader");
    assertThat(made.name()).isEqualTo("reader");
    assertThat(made.status()).isEqualTo("CREATING");
    assertThat(made.created()).isEqualTo(START);
    assertThat(made.arn().value()).startsWith(stream + "/consumer/reader:");
    assertThat(consumers.find(made.arn())).isEqualTo(made);

    clock.advance(Duration.ofSeconds(30));
    assertThat(consumers.find(made.arn()).status()).isEqualTo("ACTIVE");
    assertThat(consumers.consumers(stream, Optional.empty()).consumers())
        .containsExactly(new StreamConsumer("reader", made.arn(), "ACTIVE", START));

    consumers.deregister(made.arn());
    assertThat(consumers.consumers(stream, Optional.empty()))
        .isEqualTo(new ConsumerPage(java.util.List.of(), Optional.empty()));
  }

  @Test
  void nameThatIsTaken_isInUse() {
    consumers.register(stream, "reader");
    assertThat(refusal("reader").kind()).isEqualTo(Kind.IN_USE);
  }

  @Test
  void sixthInTheMaking_isThrottled() {
    for (int i = 0; i < 5; i++) {
      consumers.register(stream, "reader-" + i);
    }
    assertThat(refusal("one-more").kind()).isEqualTo(Kind.THROTTLED);
    clock.advance(Duration.ofSeconds(30));
    assertThat(consumers.register(stream, "one-more").name()).isEqualTo("one-more");
  }

  @Test
  void twentyFirst_isRefused_andSaysWhy() {
    for (int i = 0; i < 20; i++) {
      consumers.register(stream, "reader-" + i);
      clock.advance(Duration.ofSeconds(30));
    }
    assertThat(refusal("one-more"))
        .hasMessageContaining("20 consumers")
        .extracting(KinesisException::kind)
        .isEqualTo(Kind.REFUSED);
  }

  @Test
  void limitThatTellsNotWhich_isThrottled() {
    emulator.faults().next(1, Fault.throttle(), FaultScope.operation("RegisterStreamConsumer"));
    assertThat(refusal("reader").kind()).isEqualTo(Kind.THROTTLED);
  }

  @Test
  void whatIsNotThere_isNotFound() {
    ConsumerArn nobody = new ConsumerArn(stream + "/consumer/nobody:1");
    assertThat(catchThrowableOfType(KinesisException.class, () -> consumers.find(nobody)).kind())
        .isEqualTo(Kind.NOT_FOUND);
    assertThat(
            catchThrowableOfType(KinesisException.class, () -> consumers.deregister(nobody)).kind())
        .isEqualTo(Kind.NOT_FOUND);
    assertThat(
            catchThrowableOfType(
                    KinesisException.class,
                    () -> consumers.consumers(stream.replace("orders", "odrers"), Optional.empty()))
                .kind())
        .isEqualTo(Kind.NOT_FOUND);
  }

  @Test
  void permissionThatIsMissing_isNamed() {
    emulator.faults().next(1, Fault.accessDenied(), FaultScope.operation("RegisterStreamConsumer"));
    assertThat(refusal("reader"))
        .hasMessageContaining("kinesis:RegisterStreamConsumer")
        .extracting(KinesisException::kind)
        .isEqualTo(Kind.ACCESS_DENIED);
  }
}
