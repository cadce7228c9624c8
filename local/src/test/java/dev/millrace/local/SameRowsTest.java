package dev.millrace.local;

import static dev.millrace.local.Home.order;
import static dev.millrace.local.Home.orders;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.local.query.QueryRequest;
import dev.millrace.local.query.Since;
import dev.millrace.stream.UserRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same command gives the same rows, whatever the store holds, and reads nothing twice. */
final class SameRowsTest {
  private static final int SHARDS = 2;

  private final FakeKinesis kinesis = new FakeKinesis().stream("orders", SHARDS).pageSize(7);
  private final List<UserRecord> put = new ArrayList<>();

  @TempDir private Path directory;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void anyWindows_giveTheSameRowsFromAnyStore(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 8; round++) {
      putSome(random);
      QueryRequest request = request(random);
      List<String> expected = expected(request);
      assertThat(rows(Home.options(directory.resolve("kept")), request))
          .as("seed %s, round %s, stored: %s", seed, round, request)
          .isEqualTo(expected);
      if (round % 4 == 3) {
        EmbeddedOptions absent =
            Home.options(directory.resolve("none")).withKeeping(EmbeddedOptions.Keeping.IN_MEMORY);
        assertThat(rows(absent, request))
            .as("seed %s, round %s, no store: %s", seed, round, request)
            .isEqualTo(expected);
      }
    }
  }

  private void putSome(Random random) {
    int count = random.nextInt(60);
    for (int i = 0; i < count; i++) {
      // Nearly ordered: a record may carry a time a little before the one of its predecessor.
      Instant arrival = kinesis.now().minusMillis(random.nextInt(3000));
      byte[] data = order(put.size(), "x").getBytes(StandardCharsets.UTF_8);
      put.add(kinesis.put("orders", random.nextInt(SHARDS), data, arrival));
      kinesis.advance(Duration.ofSeconds(random.nextInt(90)));
    }
    kinesis.advance(Duration.ofSeconds(10 + random.nextInt(100)));
  }

  private QueryRequest request(Random random) {
    QueryRequest all =
        QueryRequest.of("SELECT id, _sequence_number FROM orders ORDER BY id, _sequence_number");
    Instant since = kinesis.now().minusSeconds(1 + random.nextInt(4000));
    QueryRequest from = random.nextInt(4) == 0 ? all : all.withSince(Since.at(since));
    return random.nextBoolean()
        ? from
        : from.withUntil(since.plusSeconds(1 + random.nextInt(2000)));
  }

  private List<String> rows(EmbeddedOptions options, QueryRequest request) {
    try (Home home = new Home(options, kinesis, orders())) {
      return home.rows(request);
    }
  }

  private List<String> expected(QueryRequest request) {
    Instant snapshot = kinesis.now().minusSeconds(2);
    Instant since =
        request.since() instanceof Since.At at ? at.time() : snapshot.minus(Duration.ofHours(24));
    Instant until = request.until().orElse(Instant.MAX);
    List<String> rows = new ArrayList<>();
    for (int id = 0; id < put.size(); id++) {
      Instant arrival = put.get(id).arrival();
      if (!arrival.isBefore(since) && arrival.isBefore(until) && !arrival.isAfter(snapshot)) {
        rows.add(id + "|" + put.get(id).sequence());
      }
    }
    return rows;
  }
}
