package dev.millrace.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.KinesisEmulator;
import dev.millrace.emulator.Limits;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code millrace tail} through random splits and merges, within the service's limits. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class TailReshardsIT {
  private static final int RESHARDS = 10;
  private static final int BEFORE_TAIL = 2;
  private static final int PUTS_BETWEEN = 200;

  @TempDir Path work;

  @BeforeAll
  static void prepare() {
    Command.prepare();
  }

  @Test
  void everyRecord_isPrintedOnceAndInOrderForItsKey() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    try (KinesisEmulator emulator =
        KinesisEmulator.start(EmulatorOptions.defaults().withLimits(Limits.fixedWindow()))) {
      ReshardedStream stream = new ReshardedStream(emulator.streams(), "orders", random);
      for (int i = 0; i < BEFORE_TAIL; i++) {
        stream.put(PUTS_BETWEEN);
        stream.reshard();
      }
      try (TailProcess tail =
          TailProcess.start(
              Command.millrace(
                  "tail",
                  "orders",
                  "--from",
                  "trim-horizon",
                  "--endpoint-url",
                  emulator.endpoint().toString(),
                  "--region",
                  "us-east-1"),
              work.resolve("errors"))) {
        for (int i = BEFORE_TAIL; i < RESHARDS; i++) {
          stream.put(PUTS_BETWEEN);
          stream.reshard();
          // Sometimes close behind the tip, sometimes with several generations to go.
          tail.awaitLines(random.nextInt(stream.records()));
        }
        stream.putOneOfEachKey();
        tail.awaitLines(stream.records());
        int exitCode = tail.stop();
        assertThat(exitCode).as(tail.errors()).isEqualTo(130);
        assertThat(tail.errors()).isEmpty();
        assertThat(stream.keysWith(tail.lines())).as("seed %s", seed).isEqualTo(stream.keys());
      }
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("Random splits and merges by seed " + seed, e);
    }
  }
}
