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
import dev.millrace.stream.Position;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamRef;
import dev.millrace.stream.StreamSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A client that remembers what it was asked for, and whether it was closed. */
final class CountedKinesis implements Kinesis {
  private final Kinesis kinesis;
  final List<ShardId> probes = new ArrayList<>();
  int listings;
  int summaries;
  boolean closed;

  CountedKinesis(Kinesis kinesis) {
    this.kinesis = kinesis;
  }

  @Override
  public StreamNamePage streamNames(Optional<String> token) {
    return kinesis.streamNames(token);
  }

  @Override
  public StreamSummary summary(StreamRef stream) {
    summaries++;
    return kinesis.summary(stream);
  }

  @Override
  public ShardPage listShards(StreamRef stream, ShardFilter filter, Optional<String> token) {
    listings++;
    return kinesis.listShards(stream, filter, token);
  }

  @Override
  public IteratorAnswer shardIterator(StreamRef stream, ShardId shard, Position position) {
    probes.add(shard);
    return kinesis.shardIterator(stream, shard, position);
  }

  @Override
  public RecordsAnswer getRecords(
      StreamRef stream, ShardId shard, ShardIterator iterator, int limit) {
    return kinesis.getRecords(stream, shard, iterator, limit);
  }

  @Override
  public SubscribeAnswer subscribe(
      StreamRef stream, ShardId shard, ConsumerArn consumer, Position position) {
    return kinesis.subscribe(stream, shard, consumer, position);
  }

  @Override
  public void close() {
    closed = true;
    kinesis.close();
  }
}
