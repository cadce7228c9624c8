package dev.millrace.emulator;

import static dev.millrace.emulator.EmulatorFixture.SHARD;
import static dev.millrace.emulator.EmulatorFixture.STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.ExpiredNextTokenException;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardFilterType;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** What time does to records, shards, iterators and tokens. */
class RetentionTest {
  private final EmulatorFixture fixture = EmulatorFixture.withStream();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void records_olderThanRetention_areGone() {
    fixture.put("old");
    fixture.advance(Duration.ofHours(1));
    fixture.put("young");

    fixture.advance(Duration.ofHours(23));
    assertThat(fixture.read(fixture.trimHorizon())).containsExactly("old", "young");
    fixture.advance(Duration.ofMillis(1));
    assertThat(fixture.read(fixture.trimHorizon())).containsExactly("young");
  }

  @Test
  void records_trimmedUnderAnIterator_areSkipped() {
    fixture.put("old");
    fixture.advance(Duration.ofDays(1));
    fixture.put("young");
    String iterator = fixture.trimHorizon();

    fixture.advance(Duration.ofMillis(1));

    assertThat(fixture.read(iterator)).containsExactly("young");
  }

  @Test
  void iterators_atARecordThatWasTrimmed_startAtTheTrimHorizon() {
    String trimmed = fixture.put("old").sequenceNumber();
    fixture.advance(Duration.ofDays(1));
    fixture.put("young");
    fixture.advance(Duration.ofMillis(1));

    for (ShardIteratorType type :
        List.of(ShardIteratorType.AT_SEQUENCE_NUMBER, ShardIteratorType.AFTER_SEQUENCE_NUMBER)) {
      String iterator =
          fixture
              .kinesis()
              .getShardIterator(
                  request ->
                      request
                          .streamName(STREAM)
                          .shardId(SHARD)
                          .shardIteratorType(type)
                          .startingSequenceNumber(trimmed))
              .shardIterator();
      assertThat(fixture.read(iterator)).containsExactly("young");
    }
  }

  @Test
  void expire_makesAClosedShardVanish() {
    fixture.put("old");
    String iterator = fixture.trimHorizon();
    assertThatThrownBy(() -> fixture.streams().expire(STREAM, SHARD))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is open");
    fixture.streams().split(STREAM, SHARD);

    fixture.streams().expire(STREAM, SHARD);

    assertThat(fixture.streams().shards(STREAM))
        .extracting(Streams.ShardInfo::shardId)
        .containsExactly("shardId-000000000001", "shardId-000000000002");
    assertThat(fixture.streams().heldBytes()).isZero();
    assertThatThrownBy(() -> fixture.page(iterator)).isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(() -> fixture.trimHorizon()).isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void trimmedMemory_isGivenBack() {
    fixture.put(new byte[100_000]);
    long held = fixture.streams().heldBytes();
    assertThat(held).isGreaterThan(100_000);

    fixture.streams().trimAll(STREAM, SHARD);

    assertThat(fixture.streams().heldBytes()).isZero();
    assertThat(fixture.read(fixture.trimHorizon())).isEmpty();
  }

  @Test
  void trimBefore_keepsTheRecordItNames() {
    fixture.put("one");
    Streams.Put two = fixture.put("two");
    fixture.put("three");

    fixture.streams().trimBefore(STREAM, SHARD, two.sequenceNumber());

    assertThat(fixture.read(fixture.trimHorizon())).containsExactly("two", "three");
  }

  @Test
  void shorterRetention_trimsAtOnce() {
    fixture.put("old");
    fixture.advance(Duration.ofHours(30));
    fixture.put("young");

    fixture.streams().setRetention(STREAM, Duration.ofDays(2));
    fixture.streams().setRetention(STREAM, Duration.ofDays(1));

    assertThat(fixture.read(fixture.trimHorizon())).containsExactly("young");
  }

  @Test
  void closedShards_areListedUntilTheirDataIsGone() {
    fixture.put("before the split");
    fixture.advance(Duration.ofHours(1));
    fixture.streams().split(STREAM, SHARD);
    fixture.advance(Duration.ofHours(23).plusMinutes(59));
    assertThat(fixture.kinesis().listShards(request -> request.streamName(STREAM)).shards())
        .hasSize(3);

    fixture.advance(Duration.ofMinutes(1));

    assertThat(fixture.kinesis().listShards(request -> request.streamName(STREAM)).shards())
        .extracting(Shard::shardId, Shard::parentShardId)
        .containsExactly(
            tuple("shardId-000000000001", SHARD), tuple("shardId-000000000002", SHARD));
    assertThatThrownBy(fixture::trimHorizon).isInstanceOf(ResourceNotFoundException.class);
    assertThat(fixture.streams().heldBytes()).isZero();
  }

  @Test
  void filters_byTimestamp_seeTheLineageOfThatTime() {
    fixture.advance(Duration.ofHours(1));
    fixture.streams().split(STREAM, SHARD);
    fixture.advance(Duration.ofHours(1));

    assertThat(filtered(ShardFilterType.AT_TIMESTAMP, Duration.ofMinutes(90))).containsOnly(SHARD);
    assertThat(filtered(ShardFilterType.AT_TIMESTAMP, Duration.ofMinutes(30)))
        .containsExactly("shardId-000000000001", "shardId-000000000002");
    assertThat(filtered(ShardFilterType.FROM_TIMESTAMP, Duration.ofMinutes(90))).hasSize(3);
    assertThat(filtered(ShardFilterType.FROM_TIMESTAMP, Duration.ofMinutes(30))).hasSize(2);
    assertThat(filtered(ShardFilterType.AT_TIMESTAMP, Duration.ofDays(9))).containsOnly(SHARD);
  }

  private List<String> filtered(ShardFilterType type, Duration ago) {
    return fixture
        .kinesis()
        .listShards(
            request ->
                request
                    .streamName(STREAM)
                    .shardFilter(filter -> filter.type(type).timestamp(fixture.now().minus(ago))))
        .shards()
        .stream()
        .map(Shard::shardId)
        .toList();
  }

  @Test
  void iterators_liveFiveMinutes() {
    String iterator = fixture.trimHorizon();

    fixture.advance(Duration.ofMinutes(5));
    assertThat(fixture.page(iterator).records()).isEmpty();
    fixture.advance(Duration.ofMillis(1));
    assertThatThrownBy(() -> fixture.page(iterator))
        .isInstanceOf(ExpiredIteratorException.class)
        .hasMessageContaining("Iterator expired");
  }

  @Test
  void tokens_live300Seconds() {
    fixture.streams().updateShardCount(STREAM, 2);
    String token =
        fixture
            .kinesis()
            .listShards(request -> request.streamName(STREAM).maxResults(1))
            .nextToken();

    fixture.advance(Duration.ofMinutes(5));
    assertThat(fixture.kinesis().listShards(request -> request.nextToken(token)).shards())
        .hasSize(2);
    fixture.advance(Duration.ofMillis(1));
    assertThatThrownBy(() -> fixture.kinesis().listShards(request -> request.nextToken(token)))
        .isInstanceOf(ExpiredNextTokenException.class);
  }

  @Test
  void aStreamOfTheSameName_isAnother() {
    Streams.Put old = fixture.put("old");
    String iterator = fixture.trimHorizon();
    fixture.streams().deleteStream(STREAM);
    fixture.advance(Duration.ofSeconds(1));
    fixture.streams().createStream(STREAM, 1);

    assertThat(
            fixture
                .kinesis()
                .describeStreamSummary(request -> request.streamName(STREAM))
                .streamDescriptionSummary()
                .streamCreationTimestamp())
        .isEqualTo(fixture.now());
    assertThatThrownBy(() -> fixture.page(iterator)).isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(
            () ->
                fixture
                    .kinesis()
                    .getShardIterator(
                        request ->
                            request
                                .streamName(STREAM)
                                .shardId(SHARD)
                                .shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                                .startingSequenceNumber(old.sequenceNumber())))
        .hasMessageContaining("did not come from this stream");
  }

  @Test
  void millisBehindLatest_isTheDistanceToTheLastRecordRead() {
    fixture.put("one");
    fixture.advance(Duration.ofSeconds(10));
    fixture.put("two");
    fixture.advance(Duration.ofSeconds(5));
    String iterator = fixture.trimHorizon();

    GetRecordsResponse first =
        fixture.kinesis().getRecords(request -> request.shardIterator(iterator).limit(1));
    GetRecordsResponse second = fixture.page(first.nextShardIterator());

    assertThat(first.millisBehindLatest()).isEqualTo(15_000);
    assertThat(second.millisBehindLatest()).isZero();
  }

  @Test
  void atTimestamp_isTheFirstInSequenceOrderThatArrivedThenOrLater() {
    putAt("a", 10);
    putAt("b", 30);
    putAt("c", 20);
    putAt("d", 40);

    assertThat(readFrom(20)).containsExactly("b", "c", "d");
    assertThat(readFrom(31)).containsExactly("d");
    assertThat(readFrom(41)).isEmpty();
  }

  private void putAt(String data, int second) {
    fixture
        .streams()
        .put(
            STREAM,
            "key",
            data.getBytes(StandardCharsets.UTF_8),
            EmulatorFixture.START.plusSeconds(second));
  }

  private List<String> readFrom(int second) {
    return fixture.read(
        fixture
            .kinesis()
            .getShardIterator(
                request ->
                    request
                        .streamName(STREAM)
                        .shardId(SHARD)
                        .shardIteratorType(ShardIteratorType.AT_TIMESTAMP)
                        .timestamp(EmulatorFixture.START.plusSeconds(second)))
            .shardIterator());
  }
}
