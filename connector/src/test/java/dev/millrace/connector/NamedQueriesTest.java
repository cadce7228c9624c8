package dev.millrace.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.connector.option.SessionOptions;
import dev.millrace.connector.plan.Conditions;
import dev.millrace.connector.plan.ScanOrder;
import dev.millrace.connector.plan.ScanPlan;
import dev.millrace.connector.plan.SequenceRange;
import dev.millrace.connector.plan.SplitScan;
import dev.millrace.connector.plan.TimeRange;
import dev.millrace.emulator.Streams;
import dev.millrace.emulator.Streams.ShardInfo;
import dev.millrace.emulator.Streams.ShardState;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.ShardId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries that read on under a name. */
class NamedQueriesTest {
  @TempDir private Path directory;
  private CatalogFixture home;
  private int queries;

  @BeforeEach
  void start() throws IOException {
    home = new CatalogFixture(directory, 2);
  }

  @AfterEach
  void stop() {
    home.close();
  }

  private SessionOptions named() {
    return home.session(Map.of("checkpoint_enabled", true, "checkpoint_logical_name", "report"));
  }

  private String nextQuery() {
    return "query-" + queries++;
  }

  /** One query under the name, read whole. */
  private List<Long> query() {
    String id = nextQuery();
    List<Long> ids = home.read(home.plan(id, named(), Conditions.NONE));
    CommitResult result = home.catalog.query(id, named()).commit();
    assertThat(result.warnings()).isEmpty();
    home.catalog.end(id);
    return ids;
  }

  private void put(long from, long until) {
    LongStream.range(from, until).forEach(home::put);
    home.advance(Duration.ofSeconds(20));
  }

  private static Long[] ids(long from, long until) {
    return LongStream.range(from, until).boxed().toArray(Long[]::new);
  }

  @Test
  void nextQuery_readsWhatArrivedSince() {
    put(0, 10);
    assertThat(query()).containsExactlyInAnyOrder(ids(0, 10));
    put(10, 15);
    assertThat(query()).containsExactlyInAnyOrder(ids(10, 15));
    assertThat(query()).isEmpty();
    put(15, 16);
    assertThat(query()).containsExactly(15L);
  }

  @Test
  void firstQuery_startsAsWithoutName() {
    put(0, 5);
    home.streams().setRetention(CatalogFixture.STREAM, Duration.ofDays(7));
    home.advance(Duration.ofHours(25));
    put(5, 8);
    assertThat(query()).containsExactlyInAnyOrder(ids(5, 8));
  }

  @Test
  void reshardsBetweenQueries_nothingIsLostAndNothingTwice() {
    long seed = 20261129;
    Random random = new Random(seed);
    home.streams().setRetention(CatalogFixture.STREAM, Duration.ofDays(7));
    long put = 0;
    long read = 0;
    for (int round = 0; round < 12; round++) {
      for (int step = random.nextInt(4); step >= 0; step--) {
        long next = put + random.nextInt(20);
        put(put, next);
        put = next;
        reshard(random);
      }
      assertThat(query())
          .as("seed %s, round %s", seed, round)
          .containsExactlyInAnyOrder(ids(read, put));
      read = put;
    }
  }

  private void reshard(Random random) {
    Streams streams = home.streams();
    List<ShardInfo> open =
        streams.shards(CatalogFixture.STREAM).stream()
            .filter(shard -> shard.state() == ShardState.OPEN)
            .sorted(java.util.Comparator.comparing(ShardInfo::startingHashKey))
            .toList();
    if (random.nextBoolean() && open.size() > 1) {
      int first = random.nextInt(open.size() - 1);
      streams.merge(
          CatalogFixture.STREAM, open.get(first).shardId(), open.get(first + 1).shardId());
    } else if (open.size() < 6) {
      streams.split(CatalogFixture.STREAM, open.get(random.nextInt(open.size())).shardId());
    }
    home.advance(Duration.ofSeconds(20));
  }

  @Test
  void splitNotReadToItsEnd_nameStays() {
    put(0, 10);
    String id = nextQuery();
    ScanPlan plan = home.plan(id, named(), Conditions.NONE);
    home.advance(Duration.ofSeconds(30));
    List<Long> part = new ArrayList<>();
    home.readSplit(plan.splits().get(0), part);
    CommitResult result = home.catalog.query(id, named()).commit();
    assertThat(result.advanced()).isEmpty();
    assertThat(result.warnings())
        .singleElement()
        .asString()
        .contains("'report' stays", "1 of 2 shards", plan.splits().get(1).scan().shard().value());
    assertThat(query()).containsExactlyInAnyOrder(ids(0, 10));
  }

  @Test
  void limit_nameStays() {
    put(0, 10);
    String id = nextQuery();
    CatalogQuery query = home.catalog.query(id, named());
    home.read(query.start(query.scan(home.table()).with(new ScanOrder.Limit(1))));
    assertThat(query.commit().warnings()).hasSize(1);
    assertThat(query()).hasSize(10);
  }

  @Test
  void someRowsWanted_nameStaysThoughAllAreRead() {
    put(0, 10);
    String id = nextQuery();
    CatalogQuery query = home.catalog.query(id, named());
    ScanPlan some = query.start(query.scan(home.table()).with(new ScanOrder.Some()));
    assertThat(some.explain())
        .contains("checkpoint 'report' stays where it is: a LIMIT may leave rows out");
    assertThat(home.read(some)).hasSize(10);
    home.read(query.start(query.scan(home.table())));
    CommitResult result = query.commit();
    assertThat(result.advanced()).isEmpty();
    assertThat(result.warnings()).singleElement().asString().contains("'report' stays", "LIMIT");
    assertThat(query()).hasSize(10);
  }

  @Test
  void selfJoin_bothReadingsAreWaitedFor() {
    put(0, 10);
    String id = nextQuery();
    ScanPlan one = home.plan(id, named(), Conditions.NONE);
    ScanPlan other = home.plan(id, named(), Conditions.NONE);
    assertThat(home.read(one)).hasSize(10);
    home.readSplit(other.splits().get(0), new ArrayList<>());
    assertThat(home.catalog.query(id, named()).commit().advanced()).isEmpty();
    assertThat(query()).hasSize(10);
  }

  @Test
  void twoQueriesAtOnce_oneMovesTheName() {
    put(0, 10);
    String first = nextQuery();
    String second = nextQuery();
    home.read(home.plan(first, named(), Conditions.NONE));
    home.read(home.plan(second, named(), Conditions.NONE));
    assertThat(home.catalog.query(first, named()).commit().advanced()).hasSize(1);
    assertThat(home.catalog.query(second, named()).commit().warnings())
        .singleElement()
        .asString()
        .contains("another query");
    assertThat(query()).isEmpty();
  }

  @Test
  void planOnly_isNotWaitedFor() {
    put(0, 3);
    String id = nextQuery();
    CatalogQuery query = home.catalog.query(id, named());
    query.plan(query.scan(home.table()).with(new ScanOrder.Limit(1)));
    home.read(query.start(query.scan(home.table())));
    assertThat(query.commit().advanced()).hasSize(1);
  }

  @Test
  void oneShardRead_theOtherIsStillToCome() {
    put(0, 20);
    String id = nextQuery();
    ShardId shard = home.plan(Conditions.NONE).splits().get(0).scan().shard();
    Conditions one =
        new Conditions(
            TimeRange.ALL, Optional.of(Set.of(shard)), SequenceRange.ALL, Optional.empty());
    ScanPlan plan = home.plan(id, named(), one);
    assertThat(plan.splits()).extracting(split -> split.scan().shard()).containsExactly(shard);
    List<Long> first = home.read(plan);
    assertThat(home.catalog.query(id, named()).commit().advanced()).hasSize(1);
    List<Long> all = new ArrayList<>(first);
    all.addAll(query());
    assertThat(all).containsExactlyInAnyOrder(ids(0, 20));
  }

  @Test
  void upperBound_theRestIsStillToCome() {
    put(0, 5);
    var bound = home.now();
    put(5, 9);
    String id = nextQuery();
    Conditions before = Conditions.ofArrival(new TimeRange(Optional.empty(), Optional.of(bound)));
    List<Long> first = home.read(home.plan(id, named(), before));
    assertThat(first).containsExactlyInAnyOrder(ids(0, 5));
    assertThat(home.catalog.query(id, named()).commit().advanced()).hasSize(1);
    assertThat(query()).containsExactlyInAnyOrder(ids(5, 9));
  }

  @Test
  void upperBoundAmongArrivalsOutOfOrder_nothingIsLostAndNothingTwice() {
    Instant start = home.now();
    home.advance(Duration.ofSeconds(40));
    long[] seconds = {1, 5, 2, 7, 3, 9};
    for (int i = 0; i < seconds.length; i++) {
      home.put(i, "key", start.plusSeconds(seconds[i]));
    }
    String id = nextQuery();
    Conditions before =
        Conditions.ofArrival(new TimeRange(Optional.empty(), Optional.of(start.plusSeconds(4))));
    List<Long> ids = new ArrayList<>(home.read(home.plan(id, named(), before)));
    assertThat(ids).containsExactly(0L);
    assertThat(home.catalog.query(id, named()).commit().advanced()).hasSize(1);
    ids.addAll(query());
    assertThat(ids).containsExactlyInAnyOrder(ids(0, 6));
  }

  @Test
  void streamMadeAnew_nameIsRefused() {
    put(0, 5);
    query();
    home.streams().deleteStream(CatalogFixture.STREAM);
    home.advance(Duration.ofMinutes(5));
    home.streams().createStream(CatalogFixture.STREAM, 1);
    home.advance(Duration.ofMinutes(5));
    assertThatThrownBy(this::query)
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("Checkpoint 'report'")
        .hasMessageContaining("was deleted")
        .hasMessageContaining("another checkpoint name");
  }

  @Test
  void shardGoneBeforeItsEnd_isLostOrGoneOnWithout() {
    put(0, 5);
    query();
    put(5, 9);
    String shard = home.streams().shards(CatalogFixture.STREAM).get(0).shardId();
    home.streams().split(CatalogFixture.STREAM, shard);
    home.advance(Duration.ofSeconds(20));
    home.streams().expire(CatalogFixture.STREAM, shard);
    assertThatThrownBy(this::query)
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining(shard)
        .hasMessageContaining("on_loss");
    SessionOptions goOn = named().with(Map.of("on_loss", "continue"));
    String id = nextQuery();
    ScanPlan plan = home.plan(id, goOn, Conditions.NONE);
    assertThat(plan.warnings()).singleElement().asString().contains(shard);
    home.read(plan);
    assertThat(home.catalog.query(id, goOn).commit().advanced()).hasSize(1);
    assertThat(home.catalog.system().ledger(home.table().definition(), goOn))
        .singleElement()
        .satisfies(row -> assertThat(row.values().get(3)).contains("VANISHED"));
  }

  @Test
  void split_travelsWithItsMark() {
    put(0, 1);
    for (SplitScan split : home.plan(nextQuery(), named(), Conditions.NONE).splits()) {
      assertThat(SplitScan.decode(split.encode())).isEqualTo(split);
      assertThat(split.mark()).isPresent();
    }
  }

  @Test
  void queryThatEndsWithoutCommit_leavesNoMarks() throws IOException {
    put(0, 10);
    String id = nextQuery();
    home.read(home.plan(id, named(), Conditions.NONE));
    assertThat(marks()).isNotEmpty();
    home.catalog.end(id);
    assertThat(marks()).isEmpty();
    assertThat(query()).containsExactlyInAnyOrder(ids(0, 10));
  }

  /** The files of marks: each reading of a query has a directory of them. */
  private List<Path> marks() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("checkpoints"))) {
      return files
          .filter(file -> file.toString().contains("query-") && Files.isRegularFile(file))
          .toList();
    }
  }
}
