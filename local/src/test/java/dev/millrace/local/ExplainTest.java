package dev.millrace.local;

import static dev.millrace.local.Home.order;
import static dev.millrace.local.Home.orders;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.local.query.Explanation;
import dev.millrace.local.query.Explanation.StreamPart;
import dev.millrace.local.query.QueryRequest;
import dev.millrace.local.query.Since;
import dev.millrace.local.query.StartReason;
import dev.millrace.local.store.Store;
import dev.millrace.local.store.StoreOptions;
import dev.millrace.read.Estimate;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.StreamRef;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a statement would read, from an empty, a partial and a full store. */
final class ExplainTest {
  private static final QueryRequest ALL = QueryRequest.of("SELECT count(*) FROM orders");

  private final FakeKinesis kinesis = new FakeKinesis().stream("orders", 2);

  @TempDir private Path directory;

  /** A record a second in each shard. */
  private void write(Duration time) {
    for (int i = 0; i < time.toSeconds(); i++) {
      kinesis.put("orders", 0, order(i, "x".repeat(100)));
      kinesis.put("orders", 1, order(i, "x".repeat(100)));
      kinesis.advance(Duration.ofSeconds(1));
    }
  }

  private static long bytes(Duration time) {
    return 2 * time.toSeconds() * order(100, "x".repeat(100)).length();
  }

  private static StreamPart only(Explanation explanation) {
    assertThat(explanation.streams()).hasSize(1);
    return explanation.streams().get(0);
  }

  private static Explanation explain(Home home, QueryRequest request) {
    return home.embedded().explain(request);
  }

  @Test
  void emptyStore_knowsTheTimeAndTheMost() {
    write(Duration.ofMinutes(10));
    kinesis.closeShard("orders", 1);
    try (Home home = new Home(directory, kinesis, orders())) {
      StreamPart stream = only(explain(home, ALL));
      assertThat(stream.start()).isEqualTo(StartReason.DEFAULT);
      assertThat(Duration.between(stream.from(), stream.until())).isEqualTo(Duration.ofDays(1));
      assertThat(stream.tables()).containsExactly(orders());
      assertThat(stream.shards()).hasSize(2);
      assertThat(stream.openShards()).isEqualTo(1);
      assertThat(stream.incomplete()).hasSize(2);
      assertThat(stream.missing()).isEqualTo(Duration.ofDays(2));
      assertThat(stream.storedRecords()).isZero();
      assertThat(stream.estimate().bytes()).isEmpty();
      assertThat(stream.estimate().mostBytes()).isEqualTo(2 * 86_400_000_000L);
      assertThat(stream.estimate().limit()).isEqualTo(Estimate.Limit.SHARD_BYTES);
    }
    assertThat(kinesis.recordCalls()).isZero();
  }

  @Test
  void partialStore_tellsWhatIsMissingByWhatIsStored() {
    Duration written = Duration.ofMinutes(10);
    write(written);
    QueryRequest lastMinutes = ALL.withSince(Since.back(Duration.ofMinutes(5)));
    try (Home home = new Home(directory, kinesis, orders())) {
      home.rows(lastMinutes);
    }
    int calls = kinesis.recordCalls();
    try (Home home = new Home(directory, kinesis, orders())) {
      StreamPart stream = only(explain(home, ALL.withSince(Since.back(written))));
      assertThat(stream.start()).isEqualTo(StartReason.REQUEST);
      assertThat(stream.storedRecords()).isBetween(600L, 640L);
      assertThat(stream.missing()).isBetween(Duration.ofMinutes(10), Duration.ofMinutes(11));
      long half = bytes(Duration.ofMinutes(5));
      assertThat(stream.estimate().bytes().orElseThrow()).isBetween(half * 8 / 10, half * 12 / 10);
      assertThat(stream.estimate().calls()).isEqualTo(4);
    }
    assertThat(kinesis.recordCalls()).isEqualTo(calls);
  }

  @Test
  void fullStore_missesOnlyWhatCameSince() {
    write(Duration.ofMinutes(10));
    try (Home home = new Home(directory, kinesis, orders())) {
      home.rows(ALL);
      kinesis.advance(Duration.ofSeconds(30));
      int calls = kinesis.recordCalls();
      StreamPart stream = only(explain(home, ALL));
      assertThat(stream.missing()).isBetween(Duration.ofMinutes(1), Duration.ofSeconds(90));
      assertThat(stream.estimate().bytes().orElseThrow()).isBetween(1L, 5_000L);
      StreamPart past = only(explain(home, ALL.withUntil(FakeKinesis.START.plusSeconds(60))));
      assertThat(past.incomplete()).isEmpty();
      assertThat(past.estimate().calls()).isZero();
      assertThat(kinesis.recordCalls()).isEqualTo(calls);
    }
  }

  @Test
  void statementsBound_isWhereItStarts() {
    Instant bound = FakeKinesis.START.minusSeconds(60);
    try (Home home = new Home(directory, kinesis, orders())) {
      String sql = "SELECT * FROM orders WHERE _timestamp >= '" + bound + "'";
      StreamPart stream = only(explain(home, QueryRequest.of(sql)));
      assertThat(stream.start()).isEqualTo(StartReason.STATEMENT);
      assertThat(stream.from()).isEqualTo(bound);
      assertThat(only(explain(home, ALL.withSince(Since.trimHorizon()))).start())
          .isEqualTo(StartReason.TRIM_HORIZON);
    }
  }

  @Test
  void explaining_writesNothing() {
    write(Duration.ofMinutes(2));
    try (Home home = new Home(directory, kinesis, orders())) {
      explain(home, ALL);
    }
    assertThat(isStored()).isFalse();
    try (Home home = new Home(directory, kinesis, orders())) {
      home.rows(ALL);
    }
    assertThat(isStored()).isTrue();
  }

  private boolean isStored() {
    try (Store store = Store.open(directory, StoreOptions.defaults())) {
      return store.find(kinesis.summary(StreamRef.parse("orders")).identity()).isPresent();
    }
  }

  @Test
  void wrongStatement_isRefusedAsWhenItRuns() {
    try (Home home = new Home(directory, kinesis, orders())) {
      assertThatThrownBy(() -> explain(home, QueryRequest.of("SELECT nothing FROM orders")))
          .isInstanceOfSatisfying(
              MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER))
          .hasMessageContaining("nothing");
    }
  }

  @Test
  void statementWithoutRecords_readsNone() {
    try (Home home = new Home(directory, kinesis, orders())) {
      assertThat(explain(home, QueryRequest.of("SHOW TABLES")).streams()).isEmpty();
      assertThat(explain(home, QueryRequest.of("SELECT 1")).streams()).isEmpty();
      assertThat(explain(home, QueryRequest.of("DESCRIBE orders")).streams()).isEmpty();
    }
  }

  @Test
  void enoughRows_areSaid() {
    try (Home home = new Home(directory, kinesis, orders())) {
      assertThat(explain(home, QueryRequest.of("SELECT * FROM orders LIMIT 5")).notices())
          .anyMatch(notice -> notice.contains("5 rows"));
    }
  }
}
