package dev.millrace.bench;

import dev.millrace.read.ConsumerArn;
import dev.millrace.read.IteratorAnswer;
import dev.millrace.read.Kinesis;
import dev.millrace.read.KinesisException;
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

/** Writes down when each GetRecords call was sent and answered. Closing it closes nothing. */
final class CallLog implements Kinesis {

  /** One GetRecords call; times are nanoseconds of one clock, a throttled one brought nothing. */
  record Call(long sent, long answered, int records, long bytes, boolean throttled) {}

  private final Kinesis kinesis;
  private final List<Call> calls = new ArrayList<>();

  CallLog(Kinesis kinesis) {
    this.kinesis = kinesis;
  }

  /** In the order of their answers. */
  synchronized List<Call> calls() {
    return List.copyOf(calls);
  }

  @Override
  public SubscribeAnswer subscribe(
      StreamRef stream, ShardId shard, ConsumerArn consumer, Position position) {
    return kinesis.subscribe(stream, shard, consumer, position);
  }

  @Override
  public RecordsAnswer getRecords(
      StreamRef stream, ShardId shard, ShardIterator iterator, int limit) {
    long sent = System.nanoTime();
    try {
      RecordsAnswer answer = kinesis.getRecords(stream, shard, iterator, limit);
      add(new Call(sent, System.nanoTime(), answer.records().size(), answer.bytes(), false));
      return answer;
    } catch (KinesisException e) {
      if (e.kind() == KinesisException.Kind.THROTTLED) {
        add(new Call(sent, System.nanoTime(), 0, 0, true));
      }
      throw e;
    }
  }

  synchronized void add(Call call) {
    calls.add(call);
  }

  @Override
  public StreamNamePage streamNames(Optional<String> token) {
    return kinesis.streamNames(token);
  }

  @Override
  public StreamSummary summary(StreamRef stream) {
    return kinesis.summary(stream);
  }

  @Override
  public ShardPage listShards(StreamRef stream, ShardFilter filter, Optional<String> token) {
    return kinesis.listShards(stream, filter, token);
  }

  @Override
  public IteratorAnswer shardIterator(StreamRef stream, ShardId shard, Position position) {
    return kinesis.shardIterator(stream, shard, position);
  }

  @Override
  public void close() {}
}
