package dev.millrace.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.KinesisEmulator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C while the database is at work. */
class StopIT {
  private static final String DEFINITION =
      """
      {"tableName": "orders", "streamName": "orders",
       "message": {"dataFormat": "json", "fields": [
         {"name": "n", "type": "INTEGER", "mapping": "n"}]}}
      """;

  private static final Duration WORK = Duration.ofSeconds(6);

  @TempDir Path work;
  private final KinesisEmulator emulator = KinesisEmulator.start(EmulatorOptions.defaults());

  @BeforeEach
  void fillTheStore() throws IOException {
    Command.prepare();
    emulator.streams().createStream("orders", 1);
    emulator.streams().put("orders", "key", "{\"n\": 1}".getBytes(StandardCharsets.UTF_8));
    Files.writeString(work.resolve("orders.json"), DEFINITION);
    assertIsAnswered();
  }

  @AfterEach
  void stop() {
    emulator.close();
  }

  private Command query(String... arguments) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "query",
                "--store",
                work.resolve("store").toString(),
                "--definitions",
                work.toString(),
                "--endpoint-url",
                emulator.endpoint().toString(),
                "--region",
                "us-east-1",
                "--output",
                "csv"));
    words.addAll(Arrays.asList(arguments));
    return Command.millrace(words.toArray(String[]::new));
  }

  private void assertIsAnswered() {
    Command.Result result = query("SELECT n FROM orders").run();
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.outLines()).containsExactly("n", "1");
  }

  /** Starting and reading one record take less of the processor than this. */
  private static boolean isInTheDatabase(Process process) {
    return process.info().totalCpuDuration().orElseThrow().compareTo(WORK) > 0;
  }

  private void assertStops(String sql) throws Exception {
    Path errors = work.resolve("errors");
    Process process = query(sql).start(errors);
    CompletableFuture<Void> out = CompletableFuture.runAsync(() -> drain(process));
    while (!isInTheDatabase(process)) {
      boolean ended = process.waitFor(50, TimeUnit.MILLISECONDS);
      assertThat(ended).as("%s", Repository.read(errors)).isFalse();
    }
    Command.pressCtrlC(process);
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Repository.read(errors)).isEqualTo(130);
    assertThat(Repository.read(errors)).doesNotContain("did not stop");
    out.join();
    assertIsAnswered();
  }

  private static void drain(Process process) {
    try {
      process.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void beforeTheFirstRow_endsAtOnce() throws Exception {
    assertStops(
        "SELECT count(*) FROM orders, range(10000000) a, range(10000000) b"
            + " WHERE a.range + b.range = n");
  }

  @Test
  void betweenRows_endsAtOnce() throws Exception {
    assertStops(
        "SELECT a.range FROM orders, range(100000000000000) a"
            + " WHERE a.range < 500000 OR a.range % 70000000000007 = n");
  }
}
