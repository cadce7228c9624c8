package dev.millrace.emulator.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** Streams: created, described, listed, changed and deleted. */
interface StreamsContract extends ContractTarget {
  @Test
  default void createStream_describesIt() {
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
  default void createStream_refusesANameInUse() {
    TestStream stream = stream(1);

    assertThatThrownBy(
            () ->
                kinesis().createStream(request -> request.streamName(stream.name()).shardCount(1)))
        .isInstanceOf(ResourceInUseException.class);
  }

  @Test
  default void createStream_refusesABadName() {
    assertThatThrownBy(
            () -> kinesis().createStream(request -> request.streamName("no/slash").shardCount(1)))
        .isInstanceOfSatisfying(
            KinesisException.class, error -> assertThat(error.statusCode()).isEqualTo(400));
  }

  @Test
  default void deleteStream_forgetsIt() {
    TestStream stream = stream(1);
    String iterator = stream.trimHorizon(stream.shard(0).shardId());

    stream.delete();

    assertThatThrownBy(stream::shards).isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(() -> stream.page(iterator)).isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  default void deleteStream_thenCreateStream_startsAnew() {
    TestStream stream = stream(1);
    stream.put("key", "old");
    stream.delete();

    TestStream again = TestStream.create(kinesis(), stream.name(), 1);

    assertThat(again.readAll(again.trimHorizon(again.shard(0).shardId()))).isEmpty();
  }

  @Test
  default void listStreams_pagesByName() {
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
  default void describeStream_listsShards() {
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
  default void streamArn_namesAStreamAsWell() {
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
  default void missingStream_isResourceNotFound() {
    String name = "missing-" + UUID.randomUUID();

    assertThatThrownBy(() -> kinesis().listShards(request -> request.streamName(name)))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(() -> kinesis().describeStreamSummary(request -> request.streamName(name)))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(() -> new TestStream(kinesis(), name).put("key", "value"))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  default void retention_growsAndShrinks() {
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
  default void answers_carryDateAndRequestId() {
    TestStream stream = stream(1);

    ListShardsResponse response =
        kinesis().listShards(request -> request.streamName(stream.name()));

    assertThat(response.sdkHttpResponse().firstMatchingHeader("Date")).isPresent();
    assertThat(response.responseMetadata().requestId()).isNotEqualTo("UNKNOWN");
  }
}
