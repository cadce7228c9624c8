package dev.millrace.local;

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
import dev.millrace.stream.HashKeyRange;
import dev.millrace.stream.Position;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.Shard;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamIdentity;
import dev.millrace.stream.StreamRef;
import dev.millrace.stream.StreamSummary;
import dev.millrace.stream.UserRecord;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Streams in memory, on a clock that the test moves. Counts what it serves, so that a test can tell
 * what was read again.
 */
public final class FakeKinesis implements Kinesis {
  /** The clock's first time. */
  public static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private static final class Log {
    final ShardId id;
    final List<UserRecord> records = new ArrayList<>();
    boolean closed;

    Log(ShardId id) {
      this.id = id;
    }
  }

  private static final class Stream {
    Instant created = START.minus(Duration.ofDays(30));
    Duration retention = Duration.ofHours(24);
    final Map<ShardId, Log> shards = new LinkedHashMap<>();
  }

  private final Map<String, Stream> streams = new LinkedHashMap<>();
  private final Set<String> served = ConcurrentHashMap.newKeySet();
  private Instant now = START;
  private long lastSequence = 1_000_000;
  private String region = "us-east-1";
  private int pageSize = 10_000;
  private int recordCalls;
  private long servedAgain;
  private int iterators = Integer.MAX_VALUE;

  /** Makes a stream, or a new one under the same name, with shards named 0, 1 and so on. */
  public synchronized FakeKinesis stream(String name, int shards) {
    Stream stream = new Stream();
    if (streams.containsKey(name)) {
      stream.created = now;
    }
    for (int i = 0; i < shards; i++) {
      ShardId id = shard(i);
      stream.shards.put(id, new Log(id));
    }
    streams.put(name, stream);
    return this;
  }

  public static ShardId shard(int number) {
    return new ShardId("shardId-%012d".formatted(number));
  }

  public synchronized FakeKinesis region(String value) {
    region = value;
    return this;
  }

  public synchronized FakeKinesis pageSize(int size) {
    pageSize = size;
    return this;
  }

  public synchronized FakeKinesis retention(String stream, Duration retention) {
    find(stream).retention = retention;
    return this;
  }

  public synchronized Instant now() {
    return now;
  }

  public synchronized FakeKinesis advance(Duration time) {
    now = now.plus(time);
    return this;
  }

  /** Puts a record that arrives now. */
  public synchronized UserRecord put(String stream, int shard, String text) {
    return put(stream, shard, text.getBytes(StandardCharsets.UTF_8), now);
  }

  public synchronized UserRecord put(String stream, int shard, byte[] data, Instant arrival) {
    lastSequence += 7;
    SequenceNumber sequence =
        new SequenceNumber(
            "4959033827149025660855969253836157109592157597513%d".formatted(lastSequence));
    UserRecord record =
        new UserRecord(
            shard(shard),
            sequence,
            0,
            arrival.toEpochMilli(),
            "key-" + shard,
            data,
            0,
            data.length);
    log(stream, shard(shard)).records.add(record);
    return record;
  }

  public synchronized void closeShard(String stream, int shard) {
    log(stream, shard(shard)).closed = true;
  }

  public synchronized List<ShardId> shards(String stream) {
    return List.copyOf(find(stream).shards.keySet());
  }

  public synchronized List<UserRecord> records(String stream, ShardId shard) {
    return List.copyOf(log(stream, shard).records);
  }

  /** Gives so many more iterators, and throttles those who ask for others. */
  public synchronized void giveIterators(int count) {
    iterators = count;
  }

  /** How many calls for records there were. */
  public synchronized int recordCalls() {
    return recordCalls;
  }

  /** How many records were served that had been served before. */
  public synchronized long servedAgain() {
    return servedAgain;
  }

  @Override
  public synchronized StreamNamePage streamNames(Optional<String> token) {
    return new StreamNamePage(List.copyOf(streams.keySet()), Optional.empty());
  }

  @Override
  public synchronized StreamSummary summary(StreamRef stream) {
    Stream found = find(stream.name());
    String arn = "arn:aws:kinesis:" + region + ":000000000000:stream/" + stream.name();
    return new StreamSummary(
        new StreamIdentity(arn, found.created),
        "ACTIVE",
        found.retention,
        found.shards.size(),
        now);
  }

  @Override
  public synchronized ShardPage listShards(
      StreamRef stream, ShardFilter filter, Optional<String> token) {
    List<Shard> shards =
        find(stream.name()).shards.values().stream()
            .map(
                log ->
                    new Shard(
                        log.id,
                        Optional.empty(),
                        Optional.empty(),
                        new HashKeyRange(BigInteger.ZERO, BigInteger.TEN),
                        new SequenceNumber("1"),
                        log.closed ? Optional.of(new SequenceNumber("2")) : Optional.empty()))
            .toList();
    return new ShardPage(shards, Optional.empty());
  }

  @Override
  public synchronized IteratorAnswer shardIterator(
      StreamRef stream, ShardId shard, Position position) {
    if (iterators == 0) {
      throw new KinesisException(KinesisException.Kind.THROTTLED, "told to throttle", null);
    }
    iterators--;
    int index = index(stream.name(), log(stream.name(), shard).records, position);
    return new IteratorAnswer(iterator(index), now);
  }

  private int index(String stream, List<UserRecord> records, Position position) {
    int index = 0;
    while (index < records.size() && isBefore(stream, records.get(index), position)) {
      index++;
    }
    return index;
  }

  private boolean isBefore(String stream, UserRecord record, Position position) {
    if (record.arrival().isBefore(now.minus(find(stream).retention))) {
      return true;
    }
    if (position instanceof Position.AtTimestamp at) {
      return record.arrival().isBefore(at.time());
    } else if (position instanceof Position.AfterSequenceNumber after) {
      return record.sequence().compareTo(after.sequence()) <= 0;
    } else if (position instanceof Position.AtSequenceNumber at) {
      return record.sequence().isBefore(at.sequence());
    }
    return position instanceof Position.Latest;
  }

  private static ShardIterator iterator(int index) {
    return new ShardIterator(Integer.toString(index));
  }

  @Override
  public synchronized RecordsAnswer getRecords(
      StreamRef stream, ShardId shard, ShardIterator iterator, int limit) {
    recordCalls++;
    Log log = log(stream.name(), shard);
    int from = Integer.parseInt(iterator.value());
    int to = Math.min(from + Math.min(limit, pageSize), log.records.size());
    List<UserRecord> page = List.copyOf(log.records.subList(from, to));
    for (UserRecord record : page) {
      if (!served.add(stream.name() + record.sequence())) {
        servedAgain++;
      }
    }
    boolean atEnd = to == log.records.size();
    long behind = atEnd ? 0 : Math.max(0, now.toEpochMilli() - log.records.get(to).arrivalMillis());
    return new RecordsAnswer(
        page,
        page.stream().mapToLong(UserRecord::length).sum(),
        atEnd && log.closed ? Optional.empty() : Optional.of(iterator(to)),
        OptionalLong.of(behind),
        List.of(),
        now);
  }

  private Log log(String stream, ShardId shard) {
    Log log = find(stream).shards.get(shard);
    if (log == null) {
      throw new KinesisException(KinesisException.Kind.NOT_FOUND, "no " + shard, null);
    }
    return log;
  }

  private Stream find(String name) {
    Stream stream = streams.get(name);
    if (stream == null) {
      throw new KinesisException(KinesisException.Kind.NOT_FOUND, "no stream " + name, null);
    }
    return stream;
  }

  @Override
  public SubscribeAnswer subscribe(
      StreamRef stream, ShardId shard, ConsumerArn consumer, Position position) {
    throw new UnsupportedOperationException("This fake has no consumers.");
  }

  @Override
  public void close() {}
}
