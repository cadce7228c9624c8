package dev.millrace.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.connector.plan.Conditions;
import dev.millrace.connector.plan.KinesisTable;
import dev.millrace.connector.plan.ScanOrder;
import dev.millrace.connector.plan.ScanPlan;
import dev.millrace.connector.plan.SequenceRange;
import dev.millrace.connector.plan.TimeRange;
import dev.millrace.emulator.Streams;
import dev.millrace.stream.Bound;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.Position;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardId;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans of scans of a stream that is there. */
class CatalogQueryTest {
  @TempDir private Path directory;
  private CatalogFixture home;

  @BeforeEach
  void start() throws IOException {
    home = new CatalogFixture(directory, 4);
    home.streams().setRetention(CatalogFixture.STREAM, Duration.ofDays(7));
  }

  @AfterEach
  void stop() {
    home.close();
  }

  private void put(long from, long until) {
    LongStream.range(from, until).forEach(home::put);
    home.advance(Duration.ofSeconds(20));
  }

  private static Long[] ids(long from, long until) {
    return LongStream.range(from, until).boxed().toArray(Long[]::new);
  }

  private static Conditions since(Instant time) {
    return Conditions.ofArrival(new TimeRange(Optional.of(time), Optional.empty()));
  }

  private static Conditions sequences(String from, String until) {
    return new Conditions(
        TimeRange.ALL,
        Optional.empty(),
        new SequenceRange(
            Optional.of(from).filter(s -> !s.isEmpty()).map(SequenceNumber::new),
            Optional.of(until).filter(s -> !s.isEmpty()).map(SequenceNumber::new)),
        Optional.empty());
  }

  private static Conditions key(String key) {
    return new Conditions(
        TimeRange.ALL, Optional.empty(), SequenceRange.ALL, Optional.of(Set.of(key)));
  }

  @Test
  void startUnsaid_isADayBackAndSaysWhatItLeftOut() {
    put(0, 3);
    home.advance(Duration.ofHours(25));
    put(3, 9);
    ScanPlan plan = home.plan(Conditions.NONE);
    assertThat(home.read(plan)).containsExactlyInAnyOrder(ids(3, 9));
    assertThat(plan.warnings())
        .singleElement()
        .asString()
        .contains("168 hours", "only the last 24 hours", "_timestamp");
    assertThat(plan.explain()).anyMatch(line -> line.contains("only the last 24 hours"));
  }

  @Test
  void lowerBound_replacesTheDefaultEarlierOrLater() {
    put(0, 3);
    home.advance(Duration.ofHours(25));
    put(3, 6);
    Instant later = home.now();
    put(6, 9);
    ScanPlan earlier = home.plan(since(CatalogFixture.START));
    assertThat(home.read(earlier)).containsExactlyInAnyOrder(ids(0, 9));
    assertThat(earlier.warnings()).isEmpty();
    assertThat(home.read(home.plan(since(later)))).containsExactlyInAnyOrder(ids(6, 9));
  }

  @Test
  void sessionsStart_comesBeforeTheDefinitionsAndThatBeforeTheDefault() throws IOException {
    put(0, 3);
    home.advance(Duration.ofHours(30));
    put(3, 6);
    home.define(", \"start\": \"trim-horizon\"");
    assertThat(home.read(home.plan(Conditions.NONE))).hasSize(6);
    ScanPlan plan = home.plan("s", home.session(Map.of("start", "2h")), Conditions.NONE);
    assertThat(home.read(plan)).containsExactlyInAnyOrder(ids(3, 6));
    assertThat(plan.explain()).anyMatch(line -> line.contains("the session"));
  }

  @Test
  void everyScanOfAQuery_hasOneInstant() {
    put(0, 3);
    ScanPlan first = home.plan("q", home.session(), Conditions.NONE);
    home.advance(Duration.ofSeconds(2));
    put(3, 6);
    ScanPlan second = home.plan("q", home.session(), since(CatalogFixture.START));
    assertThat(second.splits())
        .extracting(split -> split.scan().to())
        .containsOnly(first.splits().get(0).scan().to());
    assertThat(home.read(first)).containsExactlyInAnyOrder(ids(0, 3));
    assertThat(home.read(second)).containsExactlyInAnyOrder(ids(0, 3));
    assertThat(home.read(home.plan("q2", home.session(), Conditions.NONE))).hasSize(6);
  }

  @Test
  void everyStreamOfAQuery_hasOneInstant() throws IOException {
    KinesisTable customers = home.another("customers");
    ScanPlan orders = home.plan("q", home.session(), Conditions.NONE);
    home.advance(Duration.ofMinutes(1));
    CatalogQuery query = home.catalog.query("q", home.session());
    assertThat(query.plan(query.scan(customers)).splits())
        .extracting(split -> split.scan().to())
        .containsOnly(orders.splits().get(0).scan().to());
  }

  @Test
  void lowerBound_isPaddedForTheServiceAndExactForRows() {
    put(0, 9);
    home.advance(Duration.ofHours(1));
    Instant from = home.now().minus(Duration.ofMinutes(30));
    assertThat(home.plan(since(from)).splits())
        .isNotEmpty()
        .allSatisfy(
            split -> {
              assertThat(split.scan().from())
                  .isEqualTo(Position.at(from.minus(Duration.ofSeconds(10))));
              assertThat(split.exact().from()).contains(from);
            });
  }

  @Test
  void splitOfAReadShardWhileTheQueryRuns_changesNothing() {
    put(0, 50);
    ScanPlan plan = home.plan(Conditions.NONE);
    home.advance(Duration.ofSeconds(2));
    home.streams().split(CatalogFixture.STREAM, plan.splits().get(0).scan().shard().value());
    home.advance(Duration.ofSeconds(20));
    put(50, 60);
    assertThat(home.read(plan)).containsExactlyInAnyOrder(ids(0, 50));
  }

  @Test
  void asOf_readsWhatHadArrivedByThen() {
    put(0, 5);
    Instant then = home.now();
    home.advance(Duration.ofHours(40));
    put(5, 9);
    CatalogQuery query = home.catalog.query("q", home.session());
    assertThat(home.read(query.start(query.scan(home.table(), then))))
        .containsExactlyInAnyOrder(ids(0, 5));
  }

  @Test
  void asOfAfterTheInstant_isRefused() {
    CatalogQuery query = home.catalog.query("q", home.session());
    Instant future = home.now().plus(Duration.ofHours(1));
    assertThatThrownBy(() -> query.plan(query.scan(home.table(), future)))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("AS OF " + future)
        .hasMessageContaining("lies after");
  }

  @Test
  void asOfALittleAfterTheInstant_isTheInstant() {
    put(0, 5);
    CatalogQuery query = home.catalog.query("q", home.session());
    Instant ahead = home.now().plusSeconds(9);
    assertThat(home.read(query.start(query.scan(home.table(), ahead))))
        .containsExactlyInAnyOrder(ids(0, 5));
    CatalogQuery plain = home.catalog.query("plain", home.session());
    assertThat(query.plan(query.scan(home.table(), ahead)).splits().get(0).scan().from())
        .isEqualTo(query.plan(plain.scan(home.table())).splits().get(0).scan().from());
  }

  @Test
  void upperBoundBeforeTheUsualStart_readsWhatCameBeforeIt() {
    home.streams().setRetention(CatalogFixture.STREAM, Duration.ofDays(7));
    put(0, 5);
    Instant end = home.now();
    put(5, 9);
    home.advance(Duration.ofDays(2));
    Conditions before = Conditions.ofArrival(new TimeRange(Optional.empty(), Optional.of(end)));
    ScanPlan plan = home.plan(before);
    assertThat(plan.warnings())
        .singleElement()
        .asString()
        .contains("ends at " + end)
        .contains("before the usual start");
    assertThat(plan.explain()).anySatisfy(line -> assertThat(line).contains("the upper bound"));
    assertThat(home.read(plan)).containsExactlyInAnyOrder(ids(0, 5));
    ScanPlan asked = home.plan("asked", home.session(Map.of("start", "24h")), before);
    assertThat(asked.splits()).as("the session's own start is kept").isEmpty();
  }

  @Test
  void upperBoundAfterTheUsualStart_leavesTheStartAlone() {
    home.streams().setRetention(CatalogFixture.STREAM, Duration.ofDays(7));
    put(0, 5);
    home.advance(Duration.ofHours(30));
    put(5, 9);
    assertThat(
            home.read(
                home.plan(
                    Conditions.ofArrival(
                        new TimeRange(Optional.empty(), Optional.of(home.now()))))))
        .containsExactlyInAnyOrder(ids(5, 9));
  }

  @Test
  void asOfBeforeRetention_saysThatAllIsGone() {
    put(0, 5);
    Instant then = home.now();
    home.advance(Duration.ofDays(8));
    CatalogQuery query = home.catalog.query("q", home.session());
    ScanPlan plan = query.plan(query.scan(home.table(), then));
    assertThat(plan.splits()).isEmpty();
    assertThat(plan.warnings()).singleElement().asString().contains("all that the query asks for");
  }

  @Test
  void upperBound_isPaddedForTheServiceAndExactForRows() {
    put(0, 5);
    Instant end = home.now();
    put(5, 9);
    home.advance(Duration.ofMinutes(5));
    ScanPlan plan =
        home.plan(Conditions.ofArrival(new TimeRange(Optional.empty(), Optional.of(end))));
    assertThat(plan.splits())
        .allSatisfy(split -> assertThat(split.scan().to()).isEqualTo(Bound.before(end)))
        .allSatisfy(split -> assertThat(split.exact().until()).contains(end));
    assertThat(home.read(plan)).containsExactlyInAnyOrder(ids(0, 5));
  }

  @Test
  void upperBoundCloseToTheInstant_doesNotWaitForTheFuture() {
    put(0, 5);
    ScanPlan plan =
        home.plan(
            Conditions.ofArrival(
                new TimeRange(Optional.empty(), Optional.of(home.now().minusSeconds(1)))));
    assertThat(plan.splits())
        .allSatisfy(split -> assertThat(split.scan().to()).isInstanceOf(Bound.TipAsOf.class));
  }

  @Test
  void emptyRange_plansNothing() {
    ScanPlan plan = home.plan(since(home.now().plusSeconds(60)));
    assertThat(plan.splits()).isEmpty();
  }

  @Test
  void shardsNamed_onlyThoseArePlanned() {
    put(0, 20);
    ShardId shard = new ShardId("shardId-000000000002");
    ScanPlan plan =
        home.plan(
            new Conditions(
                TimeRange.ALL,
                Optional.of(Set.of(shard, new ShardId("none"))),
                SequenceRange.ALL,
                Optional.empty()));
    assertThat(plan.splits()).extracting(split -> split.scan().shard()).containsExactly(shard);
    assertThat(plan.explain()).contains("shards: 1 of 4 listed");
  }

  @Test
  void shardClosedBeforeTheRange_isNotPlanned() {
    put(0, 5);
    home.streams().split(CatalogFixture.STREAM, "shardId-000000000000");
    home.advance(Duration.ofHours(2));
    ScanPlan late = home.plan(since(home.now().minus(Duration.ofHours(1))));
    assertThat(late.splits()).hasSize(5);
    assertThat(home.plan(since(CatalogFixture.START)).splits()).hasSize(6);
  }

  @Test
  void partitionKey_picksTheShardOnlyWhereTheDefinitionSaysSo() throws IOException {
    put(0, 40);
    assertThat(home.plan(key("key-7")).splits()).hasSize(4);
    home.define(", \"partitionKeys\": \"decide-shard\"");
    ScanPlan plan = home.plan(key("key-7"));
    assertThat(plan.splits()).hasSize(1);
    assertThat(home.read(plan)).contains(7L);
  }

  @Test
  void sequenceRange_picksShardsAndWhereTheyBegin() {
    Streams.Put first = home.put(1, "a");
    Streams.Put second = home.put(2, "a");
    home.put(3, "a");
    home.advance(Duration.ofSeconds(20));
    ScanPlan plan = home.plan(sequences(second.sequenceNumber(), ""));
    assertThat(plan.splits())
        .filteredOn(split -> split.scan().shard().value().equals(second.shardId()))
        .singleElement()
        .satisfies(
            split ->
                assertThat(split.scan().from())
                    .isEqualTo(Position.at(new SequenceNumber(second.sequenceNumber()))));
    assertThat(home.read(plan)).contains(2L, 3L).doesNotContain(1L);
    assertThat(home.read(home.plan(sequences("", first.sequenceNumber())))).contains(1L);
  }

  @Test
  void sequenceThatNoRecordHas_isNoFailure() {
    Streams.Put put = home.put(1, "a");
    home.advance(Duration.ofSeconds(20));
    String beyond = new BigInteger(put.sequenceNumber()).add(BigInteger.TEN.pow(20)).toString();
    assertThat(beyond).hasSameSizeAs(put.sequenceNumber());
    assertThat(home.read(home.plan(sequences(beyond, "")))).doesNotHaveDuplicates();
    assertThat(home.plan(sequences("1" + "0".repeat(55), "1" + "0".repeat(54) + "1")).splits())
        .isEmpty();
  }

  @Test
  void sequencesOfAnotherWidth_areLeftToTheEngine() {
    put(0, 8);
    assertThat(home.read(home.plan(sequences("5", "9")))).hasSize(8);
  }

  @Test
  void order_travelsWithEverySplit() {
    put(0, 8);
    CatalogQuery query = home.catalog.query("q", home.session());
    ScanPlan plan = query.start(query.scan(home.table()).with(new ScanOrder.Newest(2)));
    assertThat(plan.splits())
        .hasSize(4)
        .allSatisfy(split -> assertThat(split.order()).isEqualTo(new ScanOrder.Newest(2)));
    assertThat(plan.explain()).contains("pushed down: newest 2");
    assertThat(query.plan(query.scan(home.table()).with(new ScanOrder.Newest(2))).splits())
        .isEqualTo(plan.splits());
  }

  @Test
  void explain_hasInstantRangeShardsAndEstimate() {
    put(0, 8);
    ScanPlan plan = home.plan(Conditions.NONE);
    assertThat(plan.explain())
        .anyMatch(line -> line.startsWith("stream orders as of 2026-11-01T"))
        .anyMatch(line -> line.startsWith("arrival: from 2026-10-31T"))
        .anyMatch(line -> line.startsWith("estimate: at most "))
        .contains("shards: 4 of 4 listed");
    assertThat(plan.splits()).allSatisfy(split -> assertThat(split.weightBytes()).isPositive());
  }

  @Test
  void definitionsChange_areSeenAndProblemsSaidOnce() throws IOException {
    assertThat(home.catalog.schemas()).containsExactly("default");
    home.define(", \"colour\": 1");
    home.catalog.tables(Optional.empty());
    home.catalog.tables(Optional.of("default"));
    assertThat(home.warnings).singleElement().asString().contains("colour");
    home.define("");
    home.catalog.tables(Optional.empty());
    home.define(", \"colour\": 1");
    home.catalog.refresh();
    assertThat(home.warnings).hasSize(2);
  }
}
