package dev.millrace.local;

import static dev.millrace.local.Home.order;
import static dev.millrace.local.Home.orders;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.local.fill.FillEstimate;
import dev.millrace.local.fill.FillListener;
import dev.millrace.local.fill.FillOptions;
import dev.millrace.local.fill.FillProgress;
import dev.millrace.local.store.StoreOptions;
import dev.millrace.read.FetchOptions.OnLoss;
import dev.millrace.stream.MillraceException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams that are much to read, on the scale of a test. */
final class LargeStreamTest {
  private static final int RECORDS = 20_000;

  private final FakeKinesis kinesis = new FakeKinesis().stream("orders", 2).pageSize(500);

  @TempDir private Path directory;

  @BeforeEach
  void putMany() {
    for (int i = 0; i < RECORDS; i++) {
      kinesis.put("orders", i % 2, order(i, "x".repeat(100)));
      kinesis.advance(Duration.ofSeconds(2));
    }
    kinesis.advance(Duration.ofMinutes(1));
  }

  private static final class Heard implements FillListener {
    final List<FillEstimate> estimates = new ArrayList<>();
    final List<FillProgress> progress = new ArrayList<>();

    @Override
    public void estimated(FillEstimate estimate) {
      estimates.add(estimate);
    }

    @Override
    public void progressed(FillProgress step) {
      progress.add(step);
    }
  }

  private EmbeddedOptions sliced() {
    return Home.options(directory)
        .withFill(new FillOptions(Optional.empty(), OnLoss.FAIL, 100_000, 50_000));
  }

  @Test
  void slices_holdEveryRecordOnce() {
    Heard heard = new Heard();
    try (Home home = new Home(sliced(), kinesis, orders())) {
      QueryRequest count =
          QueryRequest.of("SELECT count(*), count(DISTINCT id), min(id), max(id) FROM orders");
      assertThat(home.answer(count, heard).rows()).containsExactly("20000|20000|0|19999");
    }
    assertThat(heard.estimates).hasSize(1);
    FillEstimate estimate = heard.estimates.get(0);
    assertThat(estimate.shards()).isEqualTo(2);
    long actual = (long) RECORDS * order(10_000, "x".repeat(100)).length();
    assertThat(estimate.bytes()).isBetween(actual * 8 / 10, actual * 12 / 10);
    assertThat(heard.progress.get(heard.progress.size() - 1).shardsDone()).isEqualTo(2);
  }

  @Test
  void noTimeToWait_namesTheWindowAndLaterGoesOn() {
    try (Home home = new Home(sliced(), kinesis, orders())) {
      QueryRequest count =
          QueryRequest.of("SELECT count(*), min(_timestamp), max(_timestamp) FROM orders");
      Home.Answer partial = home.answer(count.withMaxWait(Duration.ZERO));
      assertThat(partial.notices())
          .singleElement()
          .asString()
          .contains("The time to wait was over");
      assertThat(home.rows(count).get(0)).startsWith("20000|");
    }
  }

  @Test
  void limitOfTheStore_stopsWithOneLineAndKeepsWhatWasStored() {
    StoreOptions small =
        StoreOptions.defaults()
            .withLockWait(Duration.ZERO)
            .withSizeLimitBytes(OptionalLong.of(400_000));
    try (Home home = new Home(sliced().withStore(small), kinesis, orders())) {
      assertThatThrownBy(() -> home.rows("SELECT count(*) FROM orders"))
          .isInstanceOf(MillraceException.class)
          .hasMessageContaining("--store-limit")
          .hasMessageNotContaining("\n");
    }
    try (Home home = new Home(sliced(), kinesis, orders())) {
      assertThat(home.rows("SELECT count(*), count(DISTINCT id) FROM orders"))
          .containsExactly("20000|20000");
    }
  }

  @Test
  void streamLargerThanTheDatabasesMemory_isRead() {
    byte[] large = order(1, "y".repeat(200_000)).getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 500; i++) {
      kinesis.put("orders", i % 2, large, kinesis.now());
    }
    kinesis.advance(Duration.ofMinutes(1));
    StoreOptions little =
        StoreOptions.defaults().withLockWait(Duration.ZERO).withMemoryBytes(128L << 20);
    for (EmbeddedOptions.Keeping keeping : EmbeddedOptions.Keeping.values()) {
      EmbeddedOptions options = Home.options(directory).withStore(little).withKeeping(keeping);
      try (Home home = new Home(options, kinesis, orders())) {
        assertThat(home.rows("SELECT count(*), sum(length(item)) FROM orders"))
            .containsExactly("20500|102000000");
      }
    }
  }
}
