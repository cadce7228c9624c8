package dev.millrace.connector.split;

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
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamRef;
import dev.millrace.stream.StreamSummary;
import dev.millrace.stream.UserRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One shard in memory. It remembers what it was asked for and what it gave away. */
final class FakeShard implements Kinesis {
  static final StreamRef STREAM = StreamRef.parse("orders");
  static final ShardId SHARD = new ShardId("shardId-000000000000");

  final List<Position> positions = new ArrayList<>();
  final List<Integer> limits = new ArrayList<>();
  final List<UserRecord> given = new ArrayList<>();
  private final List<UserRecord> records = new ArrayList<>();
  private final Instant now;
  private int pageSize = 10_000;
  private boolean isClosed;
  private Runnable beforeCall = () -> {};
  private boolean refusesPositions;
  private long lastSequence = 1_000;

  /**
   * @param now the service's clock, which stands
   */
  FakeShard(Instant now) {
    this.now = now;
  }

  synchronized UserRecord put(String data, Instant arrival) {
    return put(data.getBytes(StandardCharsets.UTF_8), arrival);
  }

  synchronized UserRecord put(byte[] data, Instant arrival) {
    UserRecord record =
        new UserRecord(
            SHARD,
            new SequenceNumber(Long.toString(lastSequence += 7)),
            0,
            arrival.toEpochMilli(),
            "key",
            data,
            0,
            data.length);
    records.add(record);
    return record;
  }

  synchronized void closeShard() {
    isClosed = true;
  }

  synchronized void answerWithAtMost(int size) {
    pageSize = size;
  }

  synchronized void beforeEachCall(Runnable action) {
    beforeCall = action;
  }

  /** The positions that are asked for from now on mean nothing in the shard. */
  synchronized void refusePositions() {
    refusesPositions = true;
  }

  synchronized int calls() {
    return limits.size();
  }

  @Override
  public synchronized IteratorAnswer shardIterator(
      StreamRef stream, ShardId shard, Position position) {
    positions.add(position);
    if (refusesPositions) {
      throw new KinesisException(
          KinesisException.Kind.INVALID_POSITION, "not a position here: " + position, null);
    }
    int index = 0;
    while (index < records.size() && !isReached(records.get(index), position)) {
      index++;
    }
    return new IteratorAnswer(new ShardIterator("at@" + index), now);
  }

  private static boolean isReached(UserRecord record, Position position) {
    if (position instanceof Position.TrimHorizon) {
      return true;
    } else if (position instanceof Position.AtTimestamp at) {
      return !record.arrival().isBefore(at.time());
    } else if (position instanceof Position.AtSequenceNumber at) {
      return !record.sequence().isBefore(at.sequence());
    } else if (position instanceof Position.AfterSequenceNumber after) {
      return after.sequence().isBefore(record.sequence());
    }
    return false;
  }

  @Override
  public RecordsAnswer getRecords(
      StreamRef stream, ShardId shard, ShardIterator iterator, int limit) {
    Runnable before;
    synchronized (this) {
      limits.add(limit);
      before = beforeCall;
    }
    before.run();
    return answer(iterator, limit);
  }

  private synchronized RecordsAnswer answer(ShardIterator iterator, int limit) {
    int from = Integer.parseInt(iterator.value().substring("at@".length()));
    int to = Math.min(from + Math.min(pageSize, limit), records.size());
    List<UserRecord> page = List.copyOf(records.subList(from, to));
    given.addAll(page);
    boolean atTip = to == records.size();
    long behind = atTip ? 0 : Duration.between(records.get(to).arrival(), now).toMillis();
    return new RecordsAnswer(
        page,
        page.stream().mapToLong(UserRecord::length).sum(),
        atTip && isClosed ? Optional.empty() : Optional.of(new ShardIterator("at@" + to)),
        OptionalLong.of(behind),
        List.of(),
        now);
  }

  @Override
  public StreamNamePage streamNames(Optional<String> token) {
    throw new UnsupportedOperationException("A split asks for no stream.");
  }

  @Override
  public StreamSummary summary(StreamRef stream) {
    throw new UnsupportedOperationException("A split asks for no summary.");
  }

  @Override
  public ShardPage listShards(StreamRef stream, ShardFilter filter, Optional<String> token) {
    throw new UnsupportedOperationException("A split asks for no shards.");
  }

  @Override
  public SubscribeAnswer subscribe(
      StreamRef stream, ShardId shard, ConsumerArn consumer, Position position) {
    throw new UnsupportedOperationException("This fake has no consumers.");
  }

  @Override
  public void close() {}
}
