package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.cli.FanOutConsumer.Leave;
import dev.millrace.cli.output.Screen;
import dev.millrace.read.KinesisException;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.StreamIdentity;
import dev.millrace.stream.StreamRef;
import dev.millrace.stream.StreamSummary;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FanOutConsumerTest {
  private static final StreamRef STREAM = StreamRef.parse("orders");
  private static final StreamSummary SUMMARY =
      new StreamSummary(
          new StreamIdentity("arn:aws:kinesis:us-east-1:1:stream/orders", Instant.EPOCH),
          "ACTIVE",
          Duration.ofDays(1),
          4,
          Instant.EPOCH);
  private static final String COST =
      "Registering 1 consumer on stream orders with 4 shards: 4 consumer-shard-hours for every"
          + " hour it runs, plus the data read; see the Kinesis price page";

  private final FakeConsumers registry = new FakeConsumers();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Console console(Screen screen, String typed) {
    return new Console(
        new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
        OutputStream.nullOutputStream(),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        screen,
        screen,
        screen,
        Map.of(),
        Instant.EPOCH,
        Path.of(""),
        new StopSignal());
  }

  private FanOutConsumer register(Screen screen, String typed, Leave leave) throws IOException {
    return FanOutConsumer.register(console(screen, typed), registry, STREAM, SUMMARY, leave);
  }

  @Test
  void leaveGiven_isRegisteredAndDeregistered() throws IOException {
    try (FanOutConsumer consumer = register(Screen.NONE, "", Leave.GIVEN)) {
      assertThat(registry.names()).containsExactly(ThisProcess.find().consumer(0).value());
      assertThat(consumer.arn().value()).startsWith("arn:millrace-0-");
      assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("millrace: " + COST + "\n");
    }
    assertThat(registry.names()).isEmpty();
  }

  @Test
  void withoutATerminal_isRefusedInOneLine() {
    assertThatThrownBy(() -> register(Screen.NONE, "y\n", Leave.TO_BE_ASKED))
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER))
        .hasMessageContainingAll(COST, "--yes")
        .hasMessageNotContaining("\n");
    assertThat(registry.names()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "n\n", "yeah\n"})
  void anyOtherAnswer_registersNothing(String typed) {
    assertThatThrownBy(() -> register(Screen.TERMINAL, typed, Leave.TO_BE_ASKED))
        .isInstanceOf(MillraceException.class);
    assertThat(registry.names()).isEmpty();
    assertThat(err.toString(StandardCharsets.UTF_8)).endsWith("[y/N] ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"y\n", "Yes\n", " y \r\n"})
  void yes_registers(String typed) throws IOException {
    register(Screen.TERMINAL, typed, Leave.TO_BE_ASKED);
    assertThat(registry.names()).hasSize(1);
  }

  @Test
  void whatCannotBeDeregistered_isSaidWithTheCommand() throws IOException {
    FanOutConsumer consumer = register(Screen.NONE, "", Leave.GIVEN);
    registry.fail(KinesisException.Kind.ACCESS_DENIED, 100);
    consumer.close();
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("millrace consumers orders --clean", "millrace-0-");
    assertThat(consumer.exitCode(ExitCode.OK)).isEqualTo(ExitCode.ACCESS);
  }
}
