package dev.millrace.emulator.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.model.ChildShard;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ScalingType;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardFilterType;

/** Shards: their hash-key ranges, splits, merges, and how they are listed. */
interface ShardsContract extends ContractTarget {
  @Test
  default void hashRanges_tileTheSpace() {
    BigInteger next = BigInteger.ZERO;
    for (Shard shard : stream(3).shards()) {
      assertThat(shard.hashKeyRange().startingHashKey()).isEqualTo(next.toString());
      next = new BigInteger(shard.hashKeyRange().endingHashKey()).add(BigInteger.ONE);
    }
    assertThat(next).isEqualTo(SPACE);
  }

  @Test
  default void hashRanges_divideTheSpaceExactly() throws Throwable {
    TestStream stream = stream(2);

    holdsUnless(
        KnownDifferences.HASH_RANGES_DIVIDE_THE_SPACE,
        () ->
            assertThat(stream.shard(1).hashKeyRange().startingHashKey())
                .isEqualTo(SPACE.shiftRight(1).toString()));
  }

  @Test
  default void splitShard_closesTheParentAndOpensTwoChildren() {
    TestStream stream = stream(1);
    String parentId = stream.putAt(LOW, "before").shardId();
    BigInteger middle = SPACE.shiftRight(1);

    split(stream, parentId, middle);

    Shard parent = stream.shard(0);
    Shard low = stream.shard(1);
    Shard high = stream.shard(2);
    assertThat(parent.sequenceNumberRange().endingSequenceNumber()).isNotNull();
    assertThat(List.of(low, high)).extracting(Shard::parentShardId).containsOnly(parentId);
    assertThat(low.adjacentParentShardId()).isNull();
    assertThat(low.hashKeyRange().endingHashKey())
        .isEqualTo(middle.subtract(BigInteger.ONE).toString());
    assertThat(high.hashKeyRange().startingHashKey()).isEqualTo(middle.toString());
    assertThat(new BigInteger(low.sequenceNumberRange().startingSequenceNumber()))
        .isGreaterThan(new BigInteger(parent.sequenceNumberRange().endingSequenceNumber()));
    assertThat(stream.putAt(LOW, "after").shardId()).isEqualTo(low.shardId());
    assertThat(stream.putAt(HIGH, "after").shardId()).isEqualTo(high.shardId());
  }

  @Test
  default void getRecords_atAClosedShardsEnd_namesTheChildren() {
    TestStream stream = stream(1);
    String parentId = stream.putAt(LOW, "before").shardId();
    split(stream, parentId, SPACE.shiftRight(1));

    GetRecordsResponse page = stream.page(stream.trimHorizon(parentId));
    List<Record> records = new ArrayList<>(page.records());
    while (page.nextShardIterator() != null) {
      page = stream.page(page.nextShardIterator());
      records.addAll(page.records());
    }

    assertThat(records).extracting(TestStream::text).containsExactly("before");
    assertThat(page.childShards())
        .extracting(ChildShard::shardId)
        .containsExactlyInAnyOrder(stream.shard(1).shardId(), stream.shard(2).shardId());
    assertThat(page.childShards())
        .allSatisfy(child -> assertThat(child.parentShards()).containsExactly(parentId));
  }

  @Test
  default void mergeShards_closesBothParentsAndOpensOneChild() {
    TestStream stream = stream(2);
    String left = stream.shard(0).shardId();
    String right = stream.shard(1).shardId();

    kinesis()
        .mergeShards(
            request ->
                request.streamName(stream.name()).shardToMerge(left).adjacentShardToMerge(right));
    stream.awaitActive();

    Shard child = stream.openShards().get(0);
    assertThat(stream.openShards()).hasSize(1);
    assertThat(child.parentShardId()).isEqualTo(left);
    assertThat(child.adjacentParentShardId()).isEqualTo(right);
    assertThat(child.hashKeyRange().startingHashKey()).isEqualTo("0");
    GetRecordsResponse end = stream.page(stream.trimHorizon(left));
    assertThat(end.nextShardIterator()).isNull();
    assertThat(end.childShards())
        .singleElement()
        .satisfies(
            named -> assertThat(named.parentShards()).containsExactlyInAnyOrder(left, right));
  }

  @Test
  default void mergeShards_refusesShardsThatAreNotAdjacent() {
    TestStream stream = stream(3);

    assertThatThrownBy(
            () ->
                kinesis()
                    .mergeShards(
                        request ->
                            request
                                .streamName(stream.name())
                                .shardToMerge(stream.shard(0).shardId())
                                .adjacentShardToMerge(stream.shard(2).shardId())))
        .isInstanceOf(InvalidArgumentException.class);
  }

  @Test
  default void splitShard_refusesAClosedShard() {
    TestStream stream = stream(1);
    String parentId = stream.shard(0).shardId();
    split(stream, parentId, SPACE.shiftRight(1));

    assertThatThrownBy(() -> split(stream, parentId, SPACE.shiftRight(2)))
        .isInstanceOfSatisfying(
            KinesisException.class, error -> assertThat(error.statusCode()).isEqualTo(400));
  }

  @Test
  default void updateShardCount_reachesItsTarget() {
    TestStream stream = stream(2);

    kinesis()
        .updateShardCount(
            request ->
                request
                    .streamName(stream.name())
                    .targetShardCount(4)
                    .scalingType(ScalingType.UNIFORM_SCALING));
    stream.awaitActive();

    assertThat(stream.openShards()).hasSize(4);
    assertThat(stream.shards()).filteredOn(shard -> shard.parentShardId() == null).hasSize(2);
  }

  @Test
  default void listShards_filters() {
    TestStream stream = stream(1);
    String parentId = stream.shard(0).shardId();
    split(stream, parentId, SPACE.shiftRight(1));
    List<String> children = List.of(stream.shard(1).shardId(), stream.shard(2).shardId());

    assertThat(filtered(stream, ShardFilterType.AT_LATEST)).isEqualTo(children);
    assertThat(filtered(stream, ShardFilterType.FROM_TRIM_HORIZON)).hasSize(3);
    assertThat(
            kinesis()
                .listShards(
                    request ->
                        request
                            .streamName(stream.name())
                            .shardFilter(
                                filter ->
                                    filter.type(ShardFilterType.AFTER_SHARD_ID).shardId(parentId)))
                .shards())
        .extracting(Shard::shardId)
        .isEqualTo(children);
  }

  @Test
  default void listShards_atTrimHorizon_leavesOutShardsBornLater() throws Throwable {
    TestStream stream = stream(1);
    String parentId = stream.shard(0).shardId();
    split(stream, parentId, SPACE.shiftRight(1));

    holdsUnless(
        KnownDifferences.AT_TRIM_HORIZON_LISTS_SHARDS_OPEN_THEN,
        () ->
            assertThat(filtered(stream, ShardFilterType.AT_TRIM_HORIZON))
                .containsExactly(parentId));
  }

  private List<String> filtered(TestStream stream, ShardFilterType type) {
    return kinesis()
        .listShards(
            request -> request.streamName(stream.name()).shardFilter(filter -> filter.type(type)))
        .shards()
        .stream()
        .map(Shard::shardId)
        .toList();
  }

  @Test
  default void listShards_pages() {
    TestStream stream = stream(5);
    List<String> found = new ArrayList<>();

    ListShardsResponse page =
        kinesis().listShards(request -> request.streamName(stream.name()).maxResults(2));
    found.addAll(ids(page));
    while (page.nextToken() != null) {
      String token = page.nextToken();
      page = kinesis().listShards(request -> request.nextToken(token).maxResults(2));
      found.addAll(ids(page));
    }

    assertThat(found)
        .containsExactlyElementsOf(stream.shards().stream().map(Shard::shardId).toList());
  }

  @Test
  default void listShards_refusesATokenBesideAStream() {
    TestStream stream = stream(2);
    String token =
        kinesis()
            .listShards(request -> request.streamName(stream.name()).maxResults(1))
            .nextToken();

    assertThatThrownBy(
            () ->
                kinesis().listShards(request -> request.streamName(stream.name()).nextToken(token)))
        .isInstanceOf(InvalidArgumentException.class);
  }

  private static List<String> ids(ListShardsResponse page) {
    return page.shards().stream().map(Shard::shardId).toList();
  }
}
