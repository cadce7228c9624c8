package dev.millrace.pinot.group;

import dev.millrace.read.ConsumerArn;
import dev.millrace.read.IteratorAnswer;
import dev.millrace.read.Kinesis;
import dev.millrace.read.RecordsAnswer;
import dev.millrace.read.ShardFilter;
import dev.millrace.read.ShardIterator;
import dev.millrace.read.ShardPage;
import dev.millrace.read.StreamNamePage;
import dev.millrace.read.SubscribeAnswer;
import dev.millrace.stream.HashKeyRange;
import dev.millrace.stream.Position;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.Shard;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamIdentity;
import dev.millrace.stream.StreamRef;
import dev.millrace.stream.StreamSummary;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A stream of shards with any numbers, and without a record. */
final class FakeShards implements Kinesis {
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
  private static final HashKeyRange KEYS = new HashKeyRange(BigInteger.ZERO, BigInteger.TEN);

  private final Map<ShardId, Shard> shards = new LinkedHashMap<>();

  static ShardId id(long number) {
    return new ShardId("shardId-%012d".formatted(number));
  }

  FakeShards open(long number, long... parents) {
    ShardId id = id(number);
    shards.put(
        id,
        new Shard(
            id,
            parents.length > 0 ? Optional.of(id(parents[0])) : Optional.empty(),
            parents.length > 1 ? Optional.of(id(parents[1])) : Optional.empty(),
            KEYS,
            new SequenceNumber("1" + number),
            Optional.empty()));
    return this;
  }

  FakeShards close(long number) {
    shards.computeIfPresent(
        id(number),
        (id, shard) ->
            new Shard(
                id,
                shard.parent(),
                shard.adjacentParent(),
                KEYS,
                shard.firstSequence(),
                Optional.of(new SequenceNumber("9" + number))));
    return this;
  }

  FakeShards expire(long number) {
    shards.remove(id(number));
    return this;
  }

  @Override
  public ShardPage listShards(StreamRef stream, ShardFilter filter, Optional<String> token) {
    return new ShardPage(
        shards.values().stream()
            .filter(shard -> filter instanceof ShardFilter.FromTrimHorizon || shard.isOpen())
            .toList(),
        Optional.empty());
  }

  @Override
  public StreamSummary summary(StreamRef stream) {
    return new StreamSummary(
        new StreamIdentity("arn", NOW), "ACTIVE", Duration.ofDays(1), shards.size(), NOW);
  }

  @Override
  public StreamNamePage streamNames(Optional<String> token) {
    return new StreamNamePage(List.of("orders"), Optional.empty());
  }

  @Override
  public IteratorAnswer shardIterator(StreamRef stream, ShardId shard, Position position) {
    throw new AssertionError("Shard " + shard + " was asked for its records");
  }

  @Override
  public RecordsAnswer getRecords(
      StreamRef stream, ShardId shard, ShardIterator iterator, int limit) {
    throw new AssertionError("Shard " + shard + " was asked for its records");
  }

  @Override
  public SubscribeAnswer subscribe(
      StreamRef stream, ShardId shard, ConsumerArn consumer, Position position) {
    throw new AssertionError("Shard " + shard + " was subscribed");
  }

  @Override
  public void close() {}
}
