package dev.millrace.pinot.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.aws.AwsKinesis;
import dev.millrace.aws.AwsOptions;
import dev.millrace.aws.Connections;
import dev.millrace.emulator.EmulatorClock;
import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.Fault;
import dev.millrace.emulator.FaultScope;
import dev.millrace.emulator.KinesisEmulator;
import dev.millrace.emulator.ManualClock;
import dev.millrace.pinot.offset.KinesisOffset;
import dev.millrace.pinot.offset.Place;
import dev.millrace.pinot.service.KinesisService;
import dev.millrace.pinot.service.ServiceLease;
import dev.millrace.read.FetchOptions;
import dev.millrace.read.Pacing;
import dev.millrace.read.ShardBudgets;
import dev.millrace.read.ShardFilter;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.Shard;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamRef;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.pinot.spi.stream.OffsetCriteria;
import org.apache.pinot.spi.stream.StreamPartitionMsgOffset;
import org.apache.pinot.spi.stream.TransientConsumerException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The controller's side of reshards, over HTTP. */
class GroupsOnEmulatorTest {
  private static final Instant START = Instant.parse("2026-11-29T12:00:00Z");

  private final ManualClock clock = EmulatorClock.manual(START);
  private final KinesisEmulator emulator =
      KinesisEmulator.start(EmulatorOptions.defaults().withClock(clock));
  private final List<CountedKinesis> clients = new ArrayList<>();
  private final KinesisService service =
      new KinesisService(
          FetchOptions.defaults(),
          access -> {
            CountedKinesis client =
                new CountedKinesis(AwsKinesis.connect(AwsOptions.atEndpoint(emulator.endpoint())));
            clients.add(client);
            return Connections.only(client, new ShardBudgets(Pacing.unlimited()));
          });
  private final List<Duration> delays = new ArrayList<>();
  private final GroupParts parts = parts();
  private final HeldTable table = new HeldTable(service, parts, 0);

  private GroupParts parts() {
    return new GroupParts(
        new EndProbe(nanos -> {}),
        new KnownGroups(),
        new ValidationTrigger(
            (delay, task) -> delays.add(delay), InstantSource.fixed(Instant.EPOCH), warning -> {}));
  }

  @AfterEach
  void close() {
    emulator.close();
    assertThat(clients).as("every client is closed").allMatch(client -> client.closed);
  }

  private void stream(int shards) {
    emulator.streams().createStream("orders", shards);
  }

  private static String id(int number) {
    return "shardId-%012d".formatted(number);
  }

  private void split(int number) {
    emulator.streams().split("orders", id(number));
  }

  private void merge(int number, int adjacent) {
    emulator.streams().merge("orders", id(number), id(adjacent));
  }

  private KinesisOffset put(String key) {
    var put = emulator.streams().put("orders", key, "data".getBytes(StandardCharsets.UTF_8));
    return KinesisOffset.of(new ShardId(put.shardId()), new SequenceNumber(put.sequenceNumber()));
  }

  private Shard listed(int number) {
    try (AwsKinesis kinesis = AwsKinesis.connect(AwsOptions.atEndpoint(emulator.endpoint()))) {
      return kinesis
          .listShards(StreamRef.parse("orders"), ShardFilter.fromTrimHorizon(), Optional.empty())
          .shards()
          .stream()
          .filter(shard -> shard.id().value().equals(id(number)))
          .findFirst()
          .orElseThrow();
    }
  }

  private KinesisOffset first(int number) {
    Shard shard = listed(number);
    return KinesisOffset.of(shard.id(), shard.firstSequence());
  }

  private int probes() {
    return clients.stream().mapToInt(client -> client.probes.size()).sum();
  }

  @Test
  void newTable_aGroupForEachShardFromItsStartingSequenceNumber() {
    stream(2);
    put("before the table");
    table.create();
    assertThat(table.segments.keySet()).containsExactly(0, 1);
    assertThat(table.start(0)).isEqualTo(first(0));
    assertThat(table.start(1)).isEqualTo(first(1));
  }

  @Test
  void idsOfTheStream_areNotSupportedAndTheCountIsOfOpenShards() {
    stream(2);
    split(0);
    assertThatThrownBy(() -> table.asking(provider -> provider.fetchPartitionIds(1_000)))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(table.<Integer>asking(provider -> provider.fetchPartitionCount(1_000))).isEqualTo(3);
  }

  @Test
  void split_childrenComeWithTheirFirstRecordOnceTheParentIsAtItsEnd() {
    stream(1);
    table.create();
    KinesisOffset last = put("in the parent");
    split(0);
    put("in a child");
    table.validate();
    assertThat(table.consumed()).containsExactly(id(0));
    table.commit(0, last.ended());
    assertThat(table.consumed()).isEmpty();
    table.validate();
    assertThat(table.consumed()).containsExactly(id(1), id(2));
    assertThat(table.start(1)).isEqualTo(first(1));
    assertThat(table.start(2)).isEqualTo(first(2));
    assertThat(probes()).isZero();
  }

  @Test
  void merge_childWaitsForBothParents() {
    stream(2);
    table.create();
    merge(0, 1);
    table.commitEnd(0);
    table.validate();
    assertThat(table.consumed()).containsExactly(id(1));
    table.commitEnd(1);
    table.validate();
    assertThat(table.consumed()).containsExactly(id(2));
  }

  @Test
  void mergeThenSplitWithASlowParent_nothingComesBeforeIt() {
    stream(2);
    table.create();
    merge(0, 1);
    split(2);
    table.commitEnd(1);
    table.validate();
    table.validate();
    assertThat(table.consumed()).containsExactly(id(0));
    table.commitEnd(0);
    table.validate();
    assertThat(table.consumed()).containsExactly(id(2));
    table.commitEnd(2);
    table.validate();
    assertThat(table.consumed()).containsExactly(id(3), id(4));
  }

  @Test
  void reshardedBeforeTheFirstRead_everyShardComesOnceAndInOrder() {
    stream(1);
    split(0);
    split(1);
    merge(3, 4);
    table.create();
    List<String> order = new ArrayList<>();
    Set<Integer> done = new HashSet<>();
    for (int round = 0; round < 10; round++) {
      for (int group : List.copyOf(table.segments.keySet())) {
        if (done.add(group)) {
          order.add(table.start(group).shard().value());
          if (group != 2 && group != 5) { // The two that are open.
            table.commitEnd(group);
          }
        }
      }
      table.validate();
    }
    assertThat(order).containsExactly(id(0), id(1), id(2), id(3), id(4), id(5));
    assertThat(table.consumed()).containsExactly(id(2), id(5));
  }

  @Test
  void expiredParent_blocksNobody() {
    stream(2);
    table.create();
    merge(0, 1);
    table.commitEnd(0);
    emulator.streams().expire("orders", id(1));
    table.validate();
    assertThat(table.consumed()).contains(id(2));
  }

  @Test
  void grandchildOfAnExpiredShard_isARoot() {
    stream(1);
    split(0);
    emulator.streams().expire("orders", id(0));
    table.create();
    assertThat(table.consumed()).containsExactly(id(1), id(2));
  }

  @Test
  void segmentsOfAConsumedShardDeleted_itIsNotReadAgain() {
    stream(1);
    table.create();
    split(0);
    table.commitEnd(0);
    table.validate();
    table.segments.remove(0);
    table.validate();
    assertThat(table.consumed()).containsExactly(id(1), id(2));
    // One child's segments are gone too, before the other child came to its end.
    split(1);
    table.commitEnd(1);
    table.validate();
    table.segments.remove(1);
    table.validate();
    assertThat(table.consumed()).containsExactly(id(2), id(3), id(4));
  }

  @Test
  void committedWithoutTheEnd_groupGoesOn() {
    stream(1);
    table.create();
    KinesisOffset last = put("key");
    table.commit(0, last);
    assertThat(table.segment(0).sequence()).isEqualTo(1);
    assertThat(table.start(0)).isEqualTo(last);
    assertThat(probes()).isZero();
  }

  @Test
  void offsetsOfPinotsOwnPlugin_eachClosedShardIsAskedOnceAndItsChildrenCome() {
    stream(3);
    table.create();
    for (int shard = 0; shard < 3; shard++) {
      split(shard);
      table.end(shard, first(shard)); // Nothing was in it: Pinot's own plugin leaves this.
    }
    for (int commit = 0; commit < 20; commit++) {
      table.commit(2, first(2));
    }
    assertThat(clients.stream().flatMap(client -> client.probes.stream()).map(ShardId::value))
        .containsExactlyInAnyOrder(id(0), id(1), id(2));
    table.validate();
    assertThat(table.consumed()).hasSize(6);
  }

  @Test
  void offsetOfPinotsOwnPlugin_beforeTheLastRecordOfAClosedShard_groupGoesOn() {
    stream(1);
    table.create();
    KinesisOffset one = put("key");
    KinesisOffset two = put("key");
    split(0);
    table.commit(0, one);
    assertThat(table.consumed()).containsExactly(id(0));
    table.commit(0, two);
    assertThat(table.consumed()).isEmpty();
    table.validate();
    assertThat(table.consumed()).containsExactly(id(1), id(2));
  }

  @Test
  void closedShardThatDoesNotSettle_groupGetsOneMoreSegmentAndIsAskedOnce() {
    stream(1);
    table.create();
    split(0);
    emulator.faults().next(5, Fault.throttle(), FaultScope.operation("GetRecords"));
    table.commit(0, first(0));
    assertThat(table.consumed()).containsExactly(id(0));
    table.validate();
    assertThat(probes()).isEqualTo(1);
    table.commitEnd(0);
    table.validate();
    assertThat(table.consumed()).containsExactly(id(1), id(2));
  }

  @Test
  void shards2500_areAllListed() {
    stream(2_500);
    table.create();
    assertThat(table.segments).hasSize(2_500);
    assertThat(table.start(2_499).shard().value()).isEqualTo(id(2_499));
    table.validate();
    assertThat(table.consumed()).hasSize(2_500);
  }

  @Test
  void resumeFromLargest_everyOpenShardGoesOnFromNow() {
    stream(2);
    table.create();
    split(0);
    table.commitEnd(0);
    table.validate();
    table.end(1, put("key"));
    table.end(2, first(2));
    table.end(3, first(3));
    clock.advance(Duration.ofMinutes(5));
    table.resume("largest");
    assertThat(table.consumed()).containsExactly(id(1), id(2), id(3));
    assertThat(table.start(1).place())
        .isEqualTo(
            new Place.Time(
                START.plus(Duration.ofMinutes(5)), Optional.of(listed(1).firstSequence())));
    assertThat(table.segment(0).end()).isPresent();
  }

  @Test
  void resumeFromLargest_aClosedShardThatWasNotAtItsEndIsThereToo() {
    stream(1);
    table.create();
    KinesisOffset one = put("key");
    put("key");
    table.end(0, one);
    split(0);
    HeldTable afterRestart = restarted();
    afterRestart.resume("largest");
    assertThat(afterRestart.consumed()).containsExactly(id(0), id(1), id(2));
    assertThat(afterRestart.start(0).place()).isInstanceOf(Place.Time.class);
  }

  /** The same table in a controller that knows nothing of it. */
  private HeldTable restarted() {
    HeldTable other = new HeldTable(service, parts(), 0);
    other.segments.putAll(table.segments);
    return other;
  }

  @Test
  void resumeFromSmallest_everyRetainedShardIsReadAgain() {
    for (String reset : List.of("largest", "smallest")) {
      HeldTable again = new HeldTable(service, parts(), 0);
      String name = "orders-" + reset;
      emulator.streams().createStream(name, 1);
      again
          .with("stream.kinesis.topic.name", name)
          .with("stream.kinesis.consumer.prop.auto.offset.reset", reset);
      again.create();
      emulator.streams().split(name, id(0));
      again.commitEnd(0);
      again.validate();
      again.end(1, KinesisOffset.parse(again.segment(1).start()));
      again.end(2, KinesisOffset.parse(again.segment(2).start()));
      again.resume("smallest");
      assertThat(again.consumed()).as(reset).containsExactly(id(0), id(1), id(2));
      assertThat(again.start(0).place()).isInstanceOf(Place.Whole.class);
    }
  }

  @Test
  void latest_isOneInstantOfTheServiceForAllReplicas() {
    stream(1);
    put("before");
    table.with("shardIteratorType", "LATEST").create();
    assertThat(table.start(0).place())
        .isEqualTo(new Place.Time(START, Optional.of(listed(0).firstSequence())));
    split(0);
    table.commitEnd(0);
    table.validate();
    assertThat(table.start(1)).isEqualTo(first(1));
  }

  @Test
  void latest_shardsThatWereClosedBeforeStayUnread() {
    stream(1);
    split(0);
    clock.advance(Duration.ofMinutes(1));
    table.with("shardIteratorType", "LATEST").create();
    assertThat(table.consumed()).containsExactly(id(1), id(2));
    table.validate();
    assertThat(table.consumed()).containsExactly(id(1), id(2));
    split(1);
    table.commitEnd(1);
    table.validate();
    assertThat(table.consumed()).containsExactly(id(2), id(3), id(4));
  }

  @Test
  void startByTime_isWhereItWasThen() {
    stream(1);
    clock.advance(Duration.ofHours(1));
    split(0);
    clock.advance(Duration.ofHours(1));
    table.with("stream.kinesis.consumer.prop.auto.offset.reset", "90m").create();
    assertThat(table.consumed()).containsExactly(id(0));
    assertThat(table.start(0).place())
        .isEqualTo(
            new Place.Time(
                START.plus(Duration.ofMinutes(30)), Optional.of(listed(0).firstSequence())));
    HeldTable later = new HeldTable(service, parts(), 0);
    later
        .with("stream.kinesis.consumer.prop.auto.offset.reset", "2026-11-29T13:30:00.000Z")
        .create();
    assertThat(later.consumed()).containsExactly(id(1), id(2));
  }

  @Test
  void startYetToCome_isRefused() {
    stream(1);
    table.with("stream.kinesis.consumer.prop.auto.offset.reset", "2026-11-29T12:00:01.000Z");
    assertThatThrownBy(table::create)
        .hasMessageContaining("orders_REALTIME")
        .hasMessageContaining("2026-11-29T12:00:01Z")
        .hasMessageContaining("allowed: a time up to now");
  }

  @Test
  void secondStreamOfATable_idsArePaddedOnce() {
    stream(2);
    HeldTable second = new HeldTable(service, parts, 1);
    second.create();
    assertThat(second.segments.keySet()).containsExactly(10_000, 10_001);
    second.commit(10_001, first(1));
    assertThat(second.segment(10_001).sequence()).isEqualTo(1);
    split(0);
    second.commitEnd(10_000);
    second.validate();
    assertThat(second.segments.keySet()).containsExactly(10_000, 10_001, 10_002, 10_003);
  }

  @Test
  void streamAddedToATable_startsAsTheTableSays() {
    stream(1);
    split(0);
    clock.advance(Duration.ofMinutes(1));
    table.with("shardIteratorType", "LATEST").validate();
    assertThat(table.consumed()).containsExactly(id(1), id(2));
    assertThat(table.start(1).place()).isInstanceOf(Place.Time.class);
  }

  @Test
  void newestEnd_isAheadOfEveryOffset() {
    stream(2);
    KinesisOffset offset = put("key");
    StreamPartitionMsgOffset newest =
        table.asking(provider -> provider.fetchLatestStreamOffset(Set.of(1), 1_000)).get(1);
    assertThat(newest).isEqualTo(KinesisOffset.tip(new ShardId(id(1))));
    assertThat(newest).isGreaterThan(offset);
  }

  @Test
  void endsOfAPartition_ofAKnownShardNeedNoCall() {
    stream(2);
    try (ServiceLease consumers = service.lease(table.config().access());
        KinesisMetadataProvider provider =
            new KinesisMetadataProvider(
                table.config(), OptionalInt.of(1), service.lease(table.config().access()), parts)) {
      assertThat(provider.fetchStreamPartitionOffset(OffsetCriteria.SMALLEST_OFFSET_CRITERIA, 1))
          .isEqualTo(first(1));
      consumers.streams().list(StreamRef.parse("orders"), new ShardId(id(1)));
      int listings = clients.get(0).listings;
      assertThat(provider.fetchStreamPartitionOffset(OffsetCriteria.LARGEST_OFFSET_CRITERIA, 1))
          .isEqualTo(KinesisOffset.tip(new ShardId(id(1))));
      assertThat(clients.get(0).listings).isEqualTo(listings);
      OffsetCriteria period = new OffsetCriteria.OffsetCriteriaBuilder().withOffsetString("2d");
      assertThatThrownBy(() -> provider.fetchStreamPartitionOffset(period, 1))
          .hasMessageContaining("'2d'")
          .hasMessageContaining("allowed: smallest, largest");
    }
  }

  @Test
  void partitionWithoutAShard_isSaid() {
    stream(1);
    assertThatThrownBy(
            () -> table.asking(provider -> provider.fetchLatestStreamOffset(Set.of(7), 1_000)))
        .hasMessageContaining("no shard for partition group 7 of table orders_REALTIME");
  }

  @Test
  void throttledForAWhile_isHandledInside_andForLongIsTransient() {
    stream(1);
    emulator.faults().next(3, Fault.throttle(), FaultScope.operation("ListShards"));
    table.create();
    assertThat(table.consumed()).hasSize(1);
    emulator.faults().next(5, Fault.throttle(), FaultScope.operation("ListShards"));
    assertThatThrownBy(table::validate).isInstanceOf(TransientConsumerException.class);
  }

  @Test
  void noStream_isSaid() {
    assertThatThrownBy(table::create).hasMessageContaining("orders");
  }

  @Test
  void commitThatShowsAChild_tellsTheControllerAndARepairDoesNot() {
    stream(1);
    table
        .with("stream.kinesis.controller.url", "http://127.0.0.1:9")
        .with("stream.kinesis.controller.delay.millis", "1500")
        .create();
    table.commit(0, put("key"));
    assertThat(delays).isEmpty();
    split(0);
    table.commit(0, KinesisOffset.parse(table.segment(0).start()).ended());
    assertThat(delays).containsExactly(Duration.ofMillis(1_500));
    table.validate();
    assertThat(delays).hasSize(1);
  }

  @Test
  void withoutAController_nobodyIsTold() {
    stream(1);
    table.create();
    split(0);
    table.commitEnd(0);
    assertThat(delays).isEmpty();
  }

  @Test
  void severalProviders_shareAClientAndTheLastClosesIt() {
    stream(1);
    table.asking(
        outer -> {
          table.create();
          assertThat(clients).hasSize(1);
          assertThat(clients.get(0).closed).isFalse();
          return outer.fetchPartitionCount(1_000);
        });
    assertThat(clients.get(0).closed).isTrue();
  }

  @Test
  void narrowAndWideSequenceNumbers_areComparedAsNumbers() {
    emulator.streams().createStream("orders", 1, new BigInteger("999990000"));
    table.create();
    KinesisOffset one = put("key");
    KinesisOffset two = put("key");
    assertThat(one).isLessThan(two);
    split(0);
    table.commit(0, two);
    assertThat(table.consumed()).isEmpty();
  }
}
