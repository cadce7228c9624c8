package dev.millrace.read;

import dev.millrace.stream.Position;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamRef;
import dev.millrace.stream.StreamSummary;
import java.util.Optional;

/**
 * The one door to the service, read-only. Each method is one call and does not retry: when to call
 * again is the reader's decision. Every method throws {@link KinesisException} and nothing else for
 * what the world does. Thread-safe.
 */
public interface Kinesis extends AutoCloseable {

  /**
   * One page of the names of the account's and region's streams, in the service's order.
   *
   * @param token what the page before said; empty for the first
   */
  StreamNamePage streamNames(Optional<String> token);

  StreamSummary summary(StreamRef stream);

  /**
   * One page of a stream's shards.
   *
   * @param token what the page before said; empty for the first
   */
  ShardPage listShards(StreamRef stream, ShardFilter filter, Optional<String> token);

  /** A position becomes an iterator, which lives five minutes. */
  IteratorAnswer shardIterator(StreamRef stream, ShardId shard, Position position);

  /**
   * The next records.
   *
   * @param limit the most records wanted, 1 to 10,000
   */
  RecordsAnswer getRecords(StreamRef stream, ShardId shard, ShardIterator iterator, int limit);

  /**
   * Subscribes a registered consumer to a shard; the answer is there before the first push. One
   * subscription for a consumer and shard: a second one within five seconds fails as {@code
   * IN_USE}, a later one takes over and ends the first.
   */
  SubscribeAnswer subscribe(
      StreamRef stream, ShardId shard, ConsumerArn consumer, Position position);

  @Override
  void close();
}
