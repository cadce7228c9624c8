package dev.millrace.emulator.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ChildShard;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.ScalingType;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardFilterType;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** What a reader may rely on in anything that calls itself Kinesis, in the AWS SDK's own words. */
abstract class KinesisContract {
  private static final BigInteger SPACE = BigInteger.TWO.pow(128);
  private static final BigInteger LOW = BigInteger.TEN;
  private static final BigInteger HIGH = SPACE.subtract(BigInteger.TEN);

  abstract KinesisClient kinesis();

  /** The behaviours that are known not to hold here. */
  abstract Set<KnownDifferences> differences();

  /** Asserts a behaviour, or where it is known to be missing, that it still is. */
  private void holdsUnless(KnownDifferences difference, ThrowingCallable behaviour)
      throws Throwable {
    if (differences().contains(difference)) {
      assertThatThrownBy(behaviour)
          .as("holds by now, so it is no longer a known difference: " + difference.reason())
          .isInstanceOfAny(AssertionError.class, KinesisException.class);
    } else {
      behaviour.call();
    }
  }

  private TestStream stream(int shards) {
    return TestStream.create(kinesis(), "contract-" + UUID.randomUUID(), shards);
  }

  private static String missing() {
    return "missing-" + UUID.randomUUID();
  }

  // Streams

  @Test
  void createStream_describesIt() {
    Instant before = Instant.now().minusSeconds(5);
    TestStream stream = stream(2);

    StreamDescriptionSummary summary =
        kinesis()
            .describeStreamSummary(request -> request.streamName(stream.name()))
            .streamDescriptionSummary();

    assertThat(summary.streamName()).isEqualTo(stream.name());
    assertThat(summary.streamARN())
        .isEqualTo("arn:aws:kinesis:us-east-1:000000000000:stream/" + stream.name());
    assertThat(summary.streamStatus()).isEqualTo(StreamStatus.ACTIVE);
    assertThat(summary.retentionPeriodHours()).isEqualTo(24);
    assertThat(summary.openShardCount()).isEqualTo(2);
    assertThat(summary.streamCreationTimestamp()).isAfter(before).isBefore(before.plusSeconds(60));
  }

  @Test
  void createStream_refusesANameInUse() {
    TestStream stream = stream(1);

    assertThatThrownBy(
            () ->
                kinesis().createStream(request -> request.streamName(stream.name()).shardCount(1)))
        .isInstanceOf(ResourceInUseException.class);
  }

  @Test
  void createStream_refusesABadName() {
    assertThatThrownBy(
            () -> kinesis().createStream(request -> request.streamName("no/slash").shardCount(1)))
        .isInstanceOfSatisfying(
            KinesisException.class, error -> assertThat(error.statusCode()).isEqualTo(400));
  }

  @Test
  void deleteStream_forgetsIt() {
    TestStream stream = stream(1);
    String iterator = stream.trimHorizon(stream.shard(0).shardId());

    stream.delete();

    assertThatThrownBy(stream::shards).isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(() -> stream.page(iterator)).isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void deleteStream_thenCreateStream_startsAnew() {
    TestStream stream = stream(1);
    stream.put("key", "old");
    stream.delete();

    TestStream again = TestStream.create(kinesis(), stream.name(), 1);

    assertThat(again.readAll(again.trimHorizon(again.shard(0).shardId()))).isEmpty();
  }

  @Test
  void listStreams_pagesByName() {
    TestStream first = stream(1);
    TestStream second = stream(1);
    List<String> found = new ArrayList<>();

    String after = null;
    boolean more = true;
    while (more) {
      String start = after;
      var page = kinesis().listStreams(request -> request.limit(1).exclusiveStartStreamName(start));
      found.addAll(page.streamNames());
      after = page.streamNames().get(0);
      more = page.hasMoreStreams();
    }

    assertThat(found).contains(first.name(), second.name()).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void describeStream_listsShards() {
    TestStream stream = stream(3);

    var description =
        kinesis()
            .describeStream(request -> request.streamName(stream.name()).limit(2))
            .streamDescription();

    assertThat(description.shards())
        .extracting(Shard::shardId)
        .containsExactly("shardId-000000000000", "shardId-000000000001");
    assertThat(description.hasMoreShards()).isTrue();
  }

  @Test
  void streamArn_namesAStreamAsWell() {
    TestStream stream = stream(1);
    stream.put("key", "value");
    String arn = "arn:aws:kinesis:us-east-1:000000000000:stream/" + stream.name();

    assertThat(kinesis().listShards(request -> request.streamARN(arn)).shards()).hasSize(1);
    assertThat(
            kinesis()
                .describeStreamSummary(request -> request.streamARN(arn))
                .streamDescriptionSummary()
                .streamName())
        .isEqualTo(stream.name());
  }

  @Test
  void missingStream_isResourceNotFound() {
    String name = missing();

    assertThatThrownBy(() -> kinesis().listShards(request -> request.streamName(name)))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(() -> kinesis().describeStreamSummary(request -> request.streamName(name)))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(() -> new TestStream(kinesis(), name).put("key", "value"))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void retention_growsAndShrinks() {
    TestStream stream = stream(1);

    kinesis()
        .increaseStreamRetentionPeriod(
            request -> request.streamName(stream.name()).retentionPeriodHours(48));
    assertThat(retentionHours(stream)).isEqualTo(48);
    stream.awaitActive();
    kinesis()
        .decreaseStreamRetentionPeriod(
            request -> request.streamName(stream.name()).retentionPeriodHours(24));
    assertThat(retentionHours(stream)).isEqualTo(24);
    assertThatThrownBy(
            () ->
                kinesis()
                    .increaseStreamRetentionPeriod(
                        request -> request.streamName(stream.name()).retentionPeriodHours(8761)))
        .isInstanceOf(InvalidArgumentException.class);
  }

  private int retentionHours(TestStream stream) {
    return kinesis()
        .describeStreamSummary(request -> request.streamName(stream.name()))
        .streamDescriptionSummary()
        .retentionPeriodHours();
  }

  @Test
  void answers_carryDateAndRequestId() {
    TestStream stream = stream(1);

    ListShardsResponse response =
        kinesis().listShards(request -> request.streamName(stream.name()));

    assertThat(response.sdkHttpResponse().firstMatchingHeader("Date")).isPresent();
    assertThat(response.responseMetadata().requestId()).isNotEqualTo("UNKNOWN");
  }

  // Records

  @Test
  void putRecord_comesBackAsItWas() {
    TestStream stream = stream(1);
    byte[] data = new byte[256];
    IntStream.range(0, 256).forEach(i -> data[i] = (byte) i);
    String key = "schlüssel-日本-" + "k".repeat(200);
    Instant before = Instant.now().minusSeconds(5);

    PutRecordResponse put =
        kinesis()
            .putRecord(
                request ->
                    request
                        .streamName(stream.name())
                        .partitionKey(key)
                        .data(SdkBytes.fromByteArray(data)));
    Record record = stream.records(stream.trimHorizon(put.shardId())).get(0);

    assertThat(record.data().asByteArray()).isEqualTo(data);
    assertThat(record.partitionKey()).isEqualTo(key);
    assertThat(record.sequenceNumber()).isEqualTo(put.sequenceNumber()).matches("[1-9]\\d{55}");
    assertThat(record.approximateArrivalTimestamp())
        .isAfter(before)
        .isBefore(before.plusSeconds(60));
  }

  @Test
  void putRecord_takesNoBytes() {
    TestStream stream = stream(1);

    PutRecordResponse put = stream.put("key", "");

    assertThat(stream.readAll(stream.trimHorizon(put.shardId()))).containsExactly("");
  }

  @Test
  void putRecord_goesWhereItsKeyHashes() throws Exception {
    TestStream stream = stream(2);
    BigInteger border = new BigInteger(stream.shard(1).hashKeyRange().startingHashKey());

    for (int i = 0; i < 20; i++) {
      String key = "key-" + i;
      byte[] digest = MessageDigest.getInstance("MD5").digest(key.getBytes(StandardCharsets.UTF_8));
      int expected = new BigInteger(1, digest).compareTo(border) < 0 ? 0 : 1;
      assertThat(stream.put(key, "value").shardId()).isEqualTo(stream.shard(expected).shardId());
    }
  }

  @Test
  void putRecord_goesWhereItsExplicitHashKeySays() {
    TestStream stream = stream(2);

    assertThat(stream.putAt(LOW, "low").shardId()).isEqualTo(stream.shard(0).shardId());
    assertThat(stream.putAt(HIGH, "high").shardId()).isEqualTo(stream.shard(1).shardId());
  }

  @Test
  void putRecord_refusesAHashKeyOutsideTheSpace() {
    TestStream stream = stream(1);

    assertThatThrownBy(() -> stream.putAt(SPACE, "outside"))
        .isInstanceOf(InvalidArgumentException.class);
  }

  @Test
  void putRecord_refusesMoreThanOneMebibyte() {
    TestStream stream = stream(1);

    assertThatThrownBy(
            () ->
                kinesis()
                    .putRecord(
                        request ->
                            request
                                .streamName(stream.name())
                                .partitionKey("key")
                                .data(SdkBytes.fromByteArray(new byte[1024 * 1024 + 1]))))
        .isInstanceOfSatisfying(
            KinesisException.class, error -> assertThat(error.statusCode()).isEqualTo(400));
  }

  @Test
  void putRecords_answersEachRecordInOrder() {
    TestStream stream = stream(1);

    PutRecordsResponse response =
        kinesis().putRecords(request -> request.streamName(stream.name()).records(entries(50)));

    assertThat(response.failedRecordCount()).isZero();
    assertThat(response.records())
        .extracting(result -> new BigInteger(result.sequenceNumber()))
        .isSortedAccordingTo(Comparator.naturalOrder())
        .doesNotHaveDuplicates();
    List<Record> records = stream.records(stream.trimHorizon(stream.shard(0).shardId()));
    assertThat(records)
        .extracting(Record::sequenceNumber)
        .containsExactlyElementsOf(
            response.records().stream().map(PutRecordsResultEntry::sequenceNumber).toList());
    assertThat(records).extracting(TestStream::text).startsWith("0", "1", "2").endsWith("49");
  }

  @Test
  void putRecords_refusesMoreThan500() throws Throwable {
    TestStream stream = stream(1);

    holdsUnless(
        KnownDifferences.PUT_RECORDS_REFUSES_501,
        () ->
            assertThatThrownBy(
                    () ->
                        kinesis()
                            .putRecords(
                                request -> request.streamName(stream.name()).records(entries(501))))
                .isInstanceOfSatisfying(
                    KinesisException.class,
                    error -> assertThat(error.statusCode()).isEqualTo(400)));
  }

  private static List<PutRecordsRequestEntry> entries(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                PutRecordsRequestEntry.builder()
                    .partitionKey("key-" + i)
                    .data(SdkBytes.fromUtf8String(String.valueOf(i)))
                    .build())
        .toList();
  }

  // Positions

  @Test
  void iterators_startWhereTheirTypeSays() {
    TestStream stream = stream(1);
    String shardId = stream.put("key", "one").shardId();
    String second = stream.put("key", "two").sequenceNumber();
    stream.put("key", "three");
    String latest = stream.iterator(shardId, ShardIteratorType.LATEST, position -> {});
    stream.put("key", "four");

    assertThat(stream.readAll(stream.trimHorizon(shardId)))
        .containsExactly("one", "two", "three", "four");
    assertThat(stream.readAll(latest)).containsExactly("four");
    assertThat(
            stream.readAll(
                stream.iterator(
                    shardId,
                    ShardIteratorType.AT_SEQUENCE_NUMBER,
                    position -> position.startingSequenceNumber(second))))
        .containsExactly("two", "three", "four");
    assertThat(
            stream.readAll(
                stream.iterator(
                    shardId,
                    ShardIteratorType.AFTER_SEQUENCE_NUMBER,
                    position -> position.startingSequenceNumber(second))))
        .containsExactly("three", "four");
  }

  @Test
  void iterators_atAShardsStartingSequenceNumber_startWithItsFirstRecord() {
    TestStream stream = stream(1);
    Shard shard = stream.shard(0);
    stream.put("key", "first");

    String iterator =
        stream.iterator(
            shard.shardId(),
            ShardIteratorType.AT_SEQUENCE_NUMBER,
            position ->
                position.startingSequenceNumber(
                    shard.sequenceNumberRange().startingSequenceNumber()));

    assertThat(stream.readAll(iterator)).containsExactly("first");
  }

  @Test
  void iterators_atATimestamp_startWithTheFirstRecordFromThenOn() {
    TestStream stream = stream(1);
    String shardId = stream.put("key", "one").shardId();
    Instant arrival =
        stream.records(stream.trimHorizon(shardId)).get(0).approximateArrivalTimestamp();

    assertThat(stream.readAll(atTimestamp(stream, shardId, arrival))).containsExactly("one");
    assertThat(stream.readAll(atTimestamp(stream, shardId, arrival.minus(Duration.ofHours(1)))))
        .containsExactly("one");
  }

  private static String atTimestamp(TestStream stream, String shardId, Instant instant) {
    return stream.iterator(
        shardId, ShardIteratorType.AT_TIMESTAMP, position -> position.timestamp(instant));
  }

  @Test
  void iterators_ofAnotherStreamsSequenceNumber_areRefused() throws Throwable {
    TestStream stream = stream(1);
    String shardId = stream.put("key", "value").shardId();
    String older = "49000000000000000000000000000000000000000000000000000001";

    holdsUnless(
        KnownDifferences.FOREIGN_SEQUENCE_NUMBER_IS_INVALID_ARGUMENT,
        () ->
            assertThatThrownBy(
                    () ->
                        stream.iterator(
                            shardId,
                            ShardIteratorType.AFTER_SEQUENCE_NUMBER,
                            position -> position.startingSequenceNumber(older)))
                .isInstanceOf(InvalidArgumentException.class));
  }

  @Test
  void iterators_ofAMissingShard_areResourceNotFound() {
    TestStream stream = stream(1);

    assertThatThrownBy(() -> stream.trimHorizon("shardId-000000000099"))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void iterators_thatAreGarbled_areRefused() throws Throwable {
    TestStream stream = stream(1);

    holdsUnless(
        KnownDifferences.BAD_ITERATOR_IS_INVALID_ARGUMENT,
        () ->
            assertThatThrownBy(() -> stream.page("AAAAgarbled"))
                .isInstanceOf(InvalidArgumentException.class));
  }

  // Pages

  @Test
  void getRecords_goesOnWhereItsPageEnded() {
    TestStream stream = stream(1);
    kinesis().putRecords(request -> request.streamName(stream.name()).records(entries(10)));
    String iterator = stream.trimHorizon(stream.shard(0).shardId());

    GetRecordsResponse first =
        kinesis().getRecords(request -> request.shardIterator(iterator).limit(4));
    GetRecordsResponse second = stream.page(first.nextShardIterator());

    assertThat(first.records()).extracting(TestStream::text).containsExactly("0", "1", "2", "3");
    assertThat(second.records())
        .extracting(TestStream::text)
        .containsExactly("4", "5", "6", "7", "8", "9");
    assertThat(second.millisBehindLatest()).isZero();
  }

  @Test
  void getRecords_atTheTip_isEmptyAndGoesOn() {
    TestStream stream = stream(1);
    String shardId = stream.shard(0).shardId();

    GetRecordsResponse empty = stream.page(stream.trimHorizon(shardId));
    stream.put("key", "late");
    GetRecordsResponse next = stream.page(empty.nextShardIterator());

    assertThat(empty.records()).isEmpty();
    assertThat(empty.millisBehindLatest()).isZero();
    assertThat(next.records()).extracting(TestStream::text).containsExactly("late");
  }

  @Test
  void getRecords_refusesALimitAbove10000() {
    TestStream stream = stream(1);
    String iterator = stream.trimHorizon(stream.shard(0).shardId());

    assertThatThrownBy(
            () -> kinesis().getRecords(request -> request.shardIterator(iterator).limit(10_001)))
        .isInstanceOfSatisfying(
            KinesisException.class, error -> assertThat(error.statusCode()).isEqualTo(400));
  }

  // Shards

  @Test
  void hashRanges_tileTheSpace() {
    BigInteger next = BigInteger.ZERO;
    for (Shard shard : stream(3).shards()) {
      assertThat(shard.hashKeyRange().startingHashKey()).isEqualTo(next.toString());
      next = new BigInteger(shard.hashKeyRange().endingHashKey()).add(BigInteger.ONE);
    }
    assertThat(next).isEqualTo(SPACE);
  }

  @Test
  void hashRanges_divideTheSpaceExactly() throws Throwable {
    TestStream stream = stream(2);

    holdsUnless(
        KnownDifferences.HASH_RANGES_DIVIDE_THE_SPACE,
        () ->
            assertThat(stream.shard(1).hashKeyRange().startingHashKey())
                .isEqualTo(SPACE.shiftRight(1).toString()));
  }

  @Test
  void splitShard_closesTheParentAndOpensTwoChildren() {
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
  void getRecords_atAClosedShardsEnd_namesTheChildren() {
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
  void mergeShards_closesBothParentsAndOpensOneChild() {
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
  void mergeShards_refusesShardsThatAreNotAdjacent() {
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
  void splitShard_refusesAClosedShard() {
    TestStream stream = stream(1);
    String parentId = stream.shard(0).shardId();
    split(stream, parentId, SPACE.shiftRight(1));

    assertThatThrownBy(() -> split(stream, parentId, SPACE.shiftRight(2)))
        .isInstanceOfSatisfying(
            KinesisException.class, error -> assertThat(error.statusCode()).isEqualTo(400));
  }

  @Test
  void updateShardCount_reachesItsTarget() {
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
  void listShards_filters() {
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
  void listShards_atTrimHorizon_leavesOutShardsBornLater() throws Throwable {
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
  void listShards_pages() {
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
  void listShards_refusesATokenBesideAStream() {
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

  private void split(TestStream stream, String shardId, BigInteger newStart) {
    kinesis()
        .splitShard(
            request ->
                request
                    .streamName(stream.name())
                    .shardToSplit(shardId)
                    .newStartingHashKey(newStart.toString()));
    stream.awaitActive();
  }
}
