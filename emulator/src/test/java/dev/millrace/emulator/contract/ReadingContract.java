package dev.millrace.emulator.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** Positions and pages: where reading starts and how it goes on. */
interface ReadingContract extends ContractTarget {
  @Test
  default void iterators_startWhereTheirTypeSays() {
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
  default void iterators_atAShardsStartingSequenceNumber_startWithItsFirstRecord() {
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
  default void iterators_atATimestamp_startWithTheFirstRecordFromThenOn() {
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
  default void iterators_ofAnotherStreamsSequenceNumber_areRefused() throws Throwable {
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
  default void iterators_ofAMissingShard_areResourceNotFound() {
    TestStream stream = stream(1);

    assertThatThrownBy(() -> stream.trimHorizon("shardId-000000000099"))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  default void iterators_thatAreGarbled_areRefused() throws Throwable {
    TestStream stream = stream(1);

    holdsUnless(
        KnownDifferences.BAD_ITERATOR_IS_INVALID_ARGUMENT,
        () ->
            assertThatThrownBy(() -> stream.page("AAAAgarbled"))
                .isInstanceOf(InvalidArgumentException.class));
  }

  @Test
  default void getRecords_goesOnWhereItsPageEnded() {
    TestStream stream = stream(1);
    stream.putNumbers(10);
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
  default void getRecords_atTheTip_isEmptyAndGoesOn() {
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
  default void getRecords_refusesALimitAbove10000() {
    TestStream stream = stream(1);
    String iterator = stream.trimHorizon(stream.shard(0).shardId());

    assertThatThrownBy(
            () -> kinesis().getRecords(request -> request.shardIterator(iterator).limit(10_001)))
        .isInstanceOfSatisfying(
            KinesisException.class, error -> assertThat(error.statusCode()).isEqualTo(400));
  }
}
