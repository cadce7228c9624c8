package dev.millrace.emulator;

import dev.millrace.emulator.limits.ReadTally;
import dev.millrace.emulator.operation.KinesisService;
import dev.millrace.emulator.stream.HashKeyRange;
import dev.millrace.emulator.stream.KinesisStream;
import dev.millrace.emulator.stream.PutResult;
import dev.millrace.emulator.stream.Shard;
import dev.millrace.emulator.stream.StartNumbers;
import dev.millrace.emulator.stream.StreamStore;
import dev.millrace.emulator.wire.Fields;
import dev.millrace.emulator.wire.ServiceException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The emulator's streams without HTTP, for tests, benchmarks and the demo. Everything here runs the
 * code that requests run, outside the shard rates and faults; what the service would refuse throws
 * an {@link IllegalArgumentException} with the service's code and message.
 */
public final class Streams {
  private static final int DEFAULT_RECORD_BYTES = 1024 * 1024;

  private final KinesisService service;
  private final StreamStore store;

  Streams(KinesisService service, StreamStore store) {
    this.service = service;
    this.store = store;
  }

  /** Where a record went. */
  public record Put(String shardId, String sequenceNumber) {}

  /** A shard as it is now; {@code parentIds} has none, one or two. */
  public record ShardInfo(
      String shardId,
      List<String> parentIds,
      BigInteger startingHashKey,
      BigInteger endingHashKey,
      ShardState state) {}

  /** Whether a shard takes records. */
  public enum ShardState {
    OPEN,
    CLOSED
  }

  /**
   * What GetRecords gave of a shard so far, all readers together. The last answer is apart: the
   * limits charge it to the time after it.
   *
   * @param throttled calls that the shard's limits refused
   * @param bytes of data in all answers
   * @param bytesBeforeLast the same without the last answer that had records
   * @param duration from the first answer to the last, empty ones aside
   */
  public record ReadCount(
      long answers, long throttled, long bytes, long bytesBeforeLast, Duration duration) {}

  public void createStream(String stream, int shards) {
    call("CreateStream", Map.of("StreamName", stream, "ShardCount", shards));
  }

  /**
   * Creates a stream whose shards' sequence numbers start at {@code startingSequenceNumber}: narrow
   * ones, wide ones, or such that grow a digit within the shard.
   */
  public void createStream(String stream, int shards, BigInteger startingSequenceNumber) {
    StartNumbers numbers = new StartNumbers.From(startingSequenceNumber);
    if (!store.createIfAbsent(stream, shards, DEFAULT_RECORD_BYTES, numbers)) {
      throw new IllegalArgumentException("Stream " + stream + " already exists.");
    }
  }

  /** Deletes a stream with its consumers. */
  public void deleteStream(String stream) {
    call("DeleteStream", Map.of("StreamName", stream, "EnforceConsumerDeletion", true));
  }

  public Put put(String stream, String partitionKey, byte[] data) {
    return put(stream, partitionKey, data, store.clock().instant());
  }

  /** Puts a record that claims to have arrived at {@code arrival}, in order or not. */
  public Put put(String stream, String partitionKey, byte[] data, Instant arrival) {
    return put(stream, partitionKey, Optional.empty(), data, arrival);
  }

  /** Puts a record where its explicit hash key says. */
  public Put put(
      String stream,
      String partitionKey,
      BigInteger explicitHashKey,
      byte[] data,
      Instant arrival) {
    return put(stream, partitionKey, Optional.of(explicitHashKey), data, arrival);
  }

  private Put put(
      String stream,
      String partitionKey,
      Optional<BigInteger> explicitHashKey,
      byte[] data,
      Instant arrival) {
    try {
      PutResult result = service.load(stream, partitionKey, explicitHashKey, data, arrival);
      return new Put(result.shardId(), result.sequenceNumber());
    } catch (ServiceException e) {
      throw refused(e);
    }
  }

  /** Splits a shard in the middle of its hash keys. */
  public void split(String stream, String shardId) {
    split(stream, shardId, shard(stream, shardId).hashKeyRange().middle());
  }

  public void split(String stream, String shardId, BigInteger newStartingHashKey) {
    call(
        "SplitShard",
        Map.of(
            "StreamName",
            stream,
            "ShardToSplit",
            shardId,
            "NewStartingHashKey",
            newStartingHashKey.toString()));
  }

  public void merge(String stream, String shardId, String adjacentShardId) {
    call(
        "MergeShards",
        Map.of(
            "StreamName",
            stream,
            "ShardToMerge",
            shardId,
            "AdjacentShardToMerge",
            adjacentShardId));
  }

  public void updateShardCount(String stream, int target) {
    call(
        "UpdateShardCount",
        Map.of("StreamName", stream, "TargetShardCount", target, "ScalingType", "UNIFORM_SCALING"));
  }

  /** Sets the retention, longer or shorter, even below the service's 24 hours. */
  public void setRetention(String stream, Duration retention) {
    stream(stream).setRetention(retention);
  }

  /** Sets the largest record the stream takes; the service allows 1 MiB to 10 MiB. */
  public void setMaxRecordBytes(String stream, int bytes) {
    stream(stream).setMaxRecordBytes(bytes);
  }

  /** Trims every record of a shard before that sequence number, whatever the retention. */
  public void trimBefore(String stream, String shardId, String sequenceNumber) {
    Shard shard = shard(stream, shardId);
    shard.log().trimTo(shard.log().firstAtOrAfter(new BigInteger(sequenceNumber)));
  }

  /** Trims every record that a shard holds now. */
  public void trimAll(String stream, String shardId) {
    Shard shard = shard(stream, shardId);
    shard.log().trimTo(shard.log().tail());
  }

  /** Makes a closed shard vanish with its records, as the end of its retention does. */
  public void expire(String stream, String shardId) {
    if (!stream(stream).expire(shard(stream, shardId))) {
      throw new IllegalArgumentException(
          "Shard %s in stream %s is open: only a closed one expires.".formatted(shardId, stream));
    }
  }

  /**
   * Numbers the shards that reshards open from now on from {@code number}, as in a stream that has
   * been resharded for years.
   */
  public void skipShardNumbersTo(String stream, long number) {
    if (!stream(stream).skipShardNumbersTo(number)) {
      throw new IllegalArgumentException(
          "Shard number %d of stream %s is used: only later ones can be skipped to."
              .formatted(number, stream));
    }
  }

  /** Registers a consumer for enhanced fan-out and says its ARN. */
  public String registerConsumer(String stream, String consumer) {
    try {
      return service.registerConsumer(stream, consumer);
    } catch (ServiceException e) {
      throw refused(e);
    }
  }

  /** Deregisters a consumer, which ends its subscriptions. */
  public void deregisterConsumer(String consumerArn) {
    call("DeregisterStreamConsumer", Map.of("ConsumerARN", consumerArn));
  }

  /** The shards that ListShards would list, in the order of their creation. */
  public List<ShardInfo> shards(String stream) {
    return stream(stream).shards().stream().map(Streams::info).toList();
  }

  /** What pollers have read of a shard, with limits or without. */
  public ReadCount reads(String stream, String shardId) {
    ReadTally tally = shard(stream, shardId).meters().tally();
    return new ReadCount(
        tally.answers(),
        tally.refused(),
        tally.bytes(),
        tally.bytes() - tally.lastBytes(),
        Duration.ofMillis(tally.lastMillis() - tally.firstMillis()));
  }

  /** The hash key in the middle of the whole space. */
  public static BigInteger middleHashKey() {
    return new HashKeyRange(BigInteger.ZERO, HashKeyRange.MAX_KEY).middle();
  }

  /** Bytes of records held now, as counted against the limit. */
  public long heldBytes() {
    return store.budget().heldBytes();
  }

  private static ShardInfo info(Shard shard) {
    return new ShardInfo(
        shard.id(),
        shard.parents().ids(),
        shard.hashKeyRange().start(),
        shard.hashKeyRange().end(),
        shard.isOpen() ? ShardState.OPEN : ShardState.CLOSED);
  }

  private KinesisStream stream(String name) {
    return store
        .find(name)
        .orElseThrow(() -> new IllegalArgumentException("There is no stream " + name + "."));
  }

  private Shard shard(String stream, String shardId) {
    return stream(stream)
        .find(shardId)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no shard %s in stream %s.".formatted(shardId, stream)));
  }

  private void call(String operation, Map<String, Object> request) {
    try {
      service.answer(operation, Fields.of(request));
    } catch (ServiceException e) {
      throw refused(e);
    }
  }

  private static IllegalArgumentException refused(ServiceException e) {
    return new IllegalArgumentException(e.code() + ": " + e.text(), e);
  }
}
