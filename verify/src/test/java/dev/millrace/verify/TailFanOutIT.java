package dev.millrace.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.Fault;
import dev.millrace.emulator.FaultScope;
import dev.millrace.emulator.KinesisEmulator;
import dev.millrace.emulator.Limits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code millrace tail --fan-out}, and what a killed one leaves. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class TailFanOutIT {
  private static final int RESHARDS = 2;
  private static final int PUTS_BETWEEN = 200;

  @TempDir Path work;
  private final long seed = new Random().nextLong();
  private final KinesisEmulator emulator =
      KinesisEmulator.start(EmulatorOptions.defaults().withLimits(Limits.fixedWindow()));
  private final ReshardedStream stream =
      new ReshardedStream(emulator.streams(), "orders", new Random(seed));

  @BeforeAll
  static void prepare() {
    Command.prepare();
  }

  @AfterEach
  void stop() {
    emulator.close();
  }

  private Command millrace(String... arguments) {
    List<String> words = new ArrayList<>(Arrays.asList(arguments));
    words.addAll(
        List.of("--endpoint-url", emulator.endpoint().toString(), "--region", "us-east-1"));
    return Command.millrace(words.toArray(String[]::new));
  }

  private TailProcess tail() {
    return TailProcess.start(
        millrace("tail", "orders", "--from", "trim-horizon", "--fan-out", "--yes"),
        work.resolve("errors"));
  }

  private List<String> consumers() {
    Command.Result result = millrace("consumers", "orders", "--output", "json").run();
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result.outLines();
  }

  @Test
  void everyRecord_isPrintedOnce_andNoConsumerIsLeft() throws Exception {
    // Nothing comes by polling.
    emulator.faults().rate(1, Fault.throttle(), FaultScope.operation("GetRecords"));
    stream.put(PUTS_BETWEEN);
    try (TailProcess tail = tail()) {
      for (int i = 0; i < RESHARDS; i++) {
        tail.awaitLines(stream.records());
        stream.reshard();
        stream.put(PUTS_BETWEEN);
      }
      stream.putOneOfEachKey();
      tail.awaitLines(stream.records());
      assertThat(consumers())
          .singleElement()
          .asString()
          .contains("\"whose\":\"another process on this host\"");
      assertThat(tail.stop()).as(tail.errors()).isEqualTo(130);
      assertThat(tail.errors().lines())
          .singleElement()
          .asString()
          .startsWith(
              "millrace: Registering 1 consumer on stream orders with 3 shards: 3 consumer");
      assertThat(stream.keysWith(tail.lines())).as("seed %s", seed).isEqualTo(stream.keys());
    }
    assertThat(consumers()).noneMatch(line -> line.contains("ACTIVE"));
  }

  @Test
  void refusedSubscriptions_arePolledFor_andSaidOnceAShard() throws Exception {
    emulator.faults().rate(1, Fault.accessDenied(), FaultScope.operation("SubscribeToShard"));
    stream.put(PUTS_BETWEEN);
    try (TailProcess tail = tail()) {
      tail.awaitLines(stream.records());
      stream.putOneOfEachKey();
      tail.awaitLines(stream.records());
      assertThat(tail.stop()).as(tail.errors()).isEqualTo(130);
      assertThat(tail.errors().lines().skip(1).toList())
          .hasSize(3)
          .allMatch(line -> line.matches("millrace: shardId-.* of stream orders is polled .*"));
      assertThat(stream.keysWith(tail.lines())).as("seed %s", seed).isEqualTo(stream.keys());
    }
  }

  @Test
  void killed_leavesAConsumerThatIsCleaned() throws Exception {
    stream.put(PUTS_BETWEEN);
    String foreign = emulator.streams().registerConsumer("orders", "analytics");
    assertThat(foreign).contains("analytics");
    try (TailProcess tail = tail()) {
      tail.awaitLines(1);
      tail.kill();
    }
    assertThat(consumers())
        .hasSize(2)
        .anyMatch(line -> line.contains("\"whose\":\"leftover of this host\""));

    Command.Result cleaned = millrace("consumers", "orders", "--clean").run();

    assertThat(cleaned.exitCode()).as(cleaned.err()).isZero();
    assertThat(cleaned.outLines())
        .anyMatch(line -> line.matches(" millrace-0-.*\\| deregistered .*leftover of this host"));
    assertThat(cleaned.err().strip()).isEqualTo("millrace: 1 deregistered, 1 left: 1 not ours");
    assertThat(consumers())
        .noneMatch(line -> line.contains("millrace-0-") && line.contains("ACTIVE"));
  }

  @Test
  void withoutATerminal_nothingIsRegisteredUnasked() {
    Command.Result result = millrace("tail", "orders", "--fan-out").run();
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err().lines()).singleElement().asString().contains("--yes", "consumer-shard");
    assertThat(consumers()).isEmpty();
  }
}
