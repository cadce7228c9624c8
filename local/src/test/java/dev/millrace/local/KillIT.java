package dev.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.local.fill.FillEstimate;
import dev.millrace.local.fill.FillListener;
import dev.millrace.local.fill.FillOptions;
import dev.millrace.local.fill.FillProgress;
import dev.millrace.local.store.StoreAudit;
import dev.millrace.read.FetchOptions.OnLoss;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes are killed while they fill; what they leave is whole. */
final class KillIT {
  private static final long SEED = 20_261_122;
  private static final int KILLS = 20;
  private static final int RECORDS = 60_000;

  @TempDir private Path directory;

  /** The child: fills from a stream that is the same in every process. */
  static final class Fills {
    private Fills() {}

    public static void main(String[] args) {
      FillOptions slices = new FillOptions(Optional.empty(), OnLoss.FAIL, 2_000_000, 500_000);
      EmbeddedOptions options = Home.options(Path.of(args[0])).withFill(slices);
      try (Home home = new Home(options, source(), Home.orders())) {
        System.out.println("open");
        QueryRequest request = QueryRequest.of("SELECT count(*), count(DISTINCT id) FROM orders");
        System.out.println("answer " + home.answer(request, new Prints()).rows().get(0));
      }
    }
  }

  private static final class Prints implements FillListener {
    @Override
    public void estimated(FillEstimate estimate) {}

    @Override
    public void progressed(FillProgress progress) {
      System.out.println("stored " + progress.records());
    }
  }

  static FakeKinesis source() {
    FakeKinesis kinesis = new FakeKinesis().stream("orders", 3).pageSize(997);
    for (int i = 0; i < RECORDS; i++) {
      kinesis.put("orders", i % 3, Home.order(i, "item " + i * 31));
      kinesis.advance(Duration.ofMillis(500));
    }
    return kinesis.advance(Duration.ofMinutes(1));
  }

  @Test
  void killedTwentyTimes_rowsEqualCoverage() throws Exception {
    Random random = new Random(SEED);
    FakeKinesis source = source();
    int store = 0;
    int killed = 0;
    while (killed < KILLS) {
      Path home = directory.resolve("store-" + store);
      Optional<String> answer = fillAndKill(home, random);
      StoreAudit.check(home, source, "orders");
      if (answer.isPresent()) {
        assertThat(answer.get()).isEqualTo("answer " + RECORDS + "|" + RECORDS);
        store++;
      } else {
        killed++;
      }
    }
    Path home = directory.resolve("store-" + store);
    try (Home last = new Home(home, source, Home.orders())) {
      assertThat(last.rows("SELECT count(*), count(DISTINCT id) FROM orders"))
          .as("seed %s", SEED)
          .containsExactly(RECORDS + "|" + RECORDS);
    }
  }

  /** Empty where the process was killed before it answered. */
  private static Optional<String> fillAndKill(Path home, Random random)
      throws IOException, InterruptedException {
    int lines = random.nextInt(5);
    long more = random.nextInt(60);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Fills.class.getName(),
                home.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = out.readLine();
      for (int i = 0; i < lines && line != null && !line.startsWith("answer"); i++) {
        line = out.readLine();
      }
      if (!process.waitFor(more, TimeUnit.MILLISECONDS)) {
        // By its handle: that leaves what it had printed to be read.
        process.toHandle().destroyForcibly();
      }
      while (line != null && !line.startsWith("answer")) {
        line = out.readLine();
      }
      process.waitFor();
      return Optional.ofNullable(line);
    }
  }
}
