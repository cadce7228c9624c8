package dev.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.local.fill.FillListener;
import dev.millrace.local.fill.FillOptions;
import dev.millrace.local.fill.FillProgress;
import dev.millrace.local.query.QueryRequest;
import dev.millrace.local.store.StoreAudit;
import dev.millrace.read.Estimate;
import dev.millrace.read.FetchOptions.OnLoss;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
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
    private static final String COUNTS = "SELECT count(*), count(DISTINCT id) FROM orders";

    private Fills() {}

    public static void main(String[] args) {
      FillOptions slices = new FillOptions(Optional.empty(), OnLoss.FAIL, 2_000_000, 500_000);
      EmbeddedOptions options = Home.options(Path.of(args[0])).withFill(slices);
      try (Home home = new Home(options, source(), Home.orders())) {
        System.out.println("open");
        QueryRequest request = QueryRequest.of(args.length > 1 ? args[1] : COUNTS);
        System.out.println("answer " + home.answer(request, new Prints()).rows().get(0));
      }
    }
  }

  private static final class Prints implements FillListener {
    @Override
    public void estimated(Estimate estimate) {}

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
    try (ChildProcess child =
        ChildProcess.start(Fills.class, List.of("-Xmx512m"), home.toString())) {
      Optional<String> line = child.line();
      for (int i = 0; i < lines && !isAnswer(line); i++) {
        line = child.line();
      }
      child.killAfter(more);
      while (line.isPresent() && !isAnswer(line)) {
        line = child.line();
      }
      child.awaitEnd();
      return line;
    }
  }

  private static boolean isAnswer(Optional<String> line) {
    return line.isEmpty() || line.get().startsWith("answer");
  }

  @Test
  void fullDisk_isOneLineAndTheStoreIsIntact() throws Exception {
    Path home = directory.resolve("full");
    FakeKinesis source = source();
    // Before: the library is unpacked by the first process.
    try (ChildProcess first =
        ChildProcess.start(Fills.class, List.of(), home.toString(), "SHOW TABLES")) {
      first.awaitEnd();
    }
    List<String> command = ChildProcess.command(Fills.class, List.of("-Xmx512m"), home.toString());
    // No file of the child may have more than 1 MB: to it the disk is full.
    List<String> limited =
        new ArrayList<>(List.of("bash", "-c", "ulimit -f 1000; exec \"$@\" 2>&1", "bash"));
    limited.addAll(command);
    List<String> said = new ArrayList<>();
    try (ChildProcess child = ChildProcess.start(limited)) {
      for (Optional<String> line = child.line(); line.isPresent(); line = child.line()) {
        said.add(line.get());
      }
      child.awaitEnd();
    }
    assertThat(said).anyMatch(line -> line.contains("The disk of the store is full"));
    StoreAudit.check(home, source, "orders");
    try (Home again = new Home(home, source, Home.orders())) {
      assertThat(again.rows("SELECT count(*), count(DISTINCT id) FROM orders"))
          .containsExactly(RECORDS + "|" + RECORDS);
    }
  }
}
