package dev.millrace.local;

import static dev.millrace.local.Home.order;
import static dev.millrace.local.Home.orders;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.local.fill.FillListener;
import dev.millrace.local.fill.FillOptions;
import dev.millrace.local.fill.FillProgress;
import dev.millrace.local.query.QueryRequest;
import dev.millrace.local.store.StoreOptions;
import dev.millrace.read.Estimate;
import dev.millrace.read.FetchOptions.OnLoss;
import dev.millrace.stream.MillraceException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    final List<Estimate> estimates = new ArrayList<>();
    final List<FillProgress> progress = new ArrayList<>();

    @Override
    public void estimated(Estimate estimate) {
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
    Estimate estimate = heard.estimates.get(0);
    assertThat(estimate.shards()).isEqualTo(2);
    long actual = (long) RECORDS * order(10_000, "x".repeat(100)).length();
    assertThat(estimate.bytes().orElseThrow()).isBetween(actual * 8 / 10, actual * 12 / 10);
    assertThat(heard.progress.get(heard.progress.size() - 1).shardsDone()).isEqualTo(2);
  }

  @Test
  void timeToWaitOver_answersExactlyForTheWindowItNames() {
    QueryRequest ids = QueryRequest.of("SELECT id FROM orders ORDER BY id");
    kinesis.giveIterators(4); // Two for the first look, two for the first slices.
    try (Home home = new Home(sliced(), kinesis, orders())) {
      Home.Answer partial = home.answer(ids.withMaxWait(Duration.ofSeconds(1)));
      assertThat(partial.notices()).hasSize(1);
      Matcher window =
          Pattern.compile("from (\\S+) to (\\S+)\\. ").matcher(partial.notices().get(0));
      assertThat(window.find()).as(partial.notices().get(0)).isTrue();
      assertThat(partial.rows())
          .isNotEmpty()
          .isEqualTo(arrived(Instant.parse(window.group(1)), Instant.parse(window.group(2))));
      kinesis.giveIterators(Integer.MAX_VALUE);
      assertThat(home.rows(ids)).hasSize(RECORDS);
    }
  }

  private static List<String> arrived(Instant from, Instant until) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      Instant arrival = FakeKinesis.START.plusSeconds(2L * i);
      if (!arrival.isBefore(from) && arrival.isBefore(until)) {
        ids.add(Integer.toString(i));
      }
    }
    return ids;
  }

  @Test
  void noTimeAtAll_coversNothingAndLaterGoesOn() {
    try (Home home = new Home(sliced(), kinesis, orders())) {
      QueryRequest count = QueryRequest.of("SELECT count(*) FROM orders");
      Home.Answer partial = home.answer(count.withMaxWait(Duration.ZERO));
      assertThat(partial.notices()).singleElement().asString().contains("time to wait was over");
      assertThat(home.rows(count)).containsExactly("20000");
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
