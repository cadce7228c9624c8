package dev.millrace.read;

import dev.millrace.read.KinesisException.Kind;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A stream in memory, on a clock that the test moves. Iterators name a shard and an index and
 * expire after five minutes; what a test queues in {@code next…} happens to the calls that follow.
 */
final class FakeKinesis implements Kinesis {
  static final StreamRef STREAM = StreamRef.parse("orders");
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration ITERATOR_LIFE = Duration.ofMinutes(5);

  /** One shard's log. */
  static final class Log {
    final Shard shard;
    final List<UserRecord> records = new ArrayList<>();
    List<ChildShard> children = List.of();
    boolean closed;

    /** How many of the oldest records retention has taken; they stay in {@code records}. */
    int trimmed;

    Log(Shard shard) {
      this.shard = shard;
    }
  }

  final Map<ShardId, Log> logs = new LinkedHashMap<>();
  final Deque<KinesisException> nextFailures = new ArrayDeque<>();
  final Deque<OptionalLong> nextLags = new ArrayDeque<>();
  final Deque<KinesisException> nextListFailures = new ArrayDeque<>();
  final List<Position> iteratorsAskedFor = new ArrayList<>();
  List<List<String>> streamNamePages = List.of(List.of(STREAM.name()));
  int pageSize = 10_000;
  int shardPageSize = 1_000;

  /** So many answers, a minute of nothing each, come before the first record. */
  int emptyAnswersFirst;

  final Deque<KinesisException> nextRecordFailures = new ArrayDeque<>();

  /** What every GetRecords call fails with once so many were made. */
  @Nullable KinesisException failureAfterRecordCalls;

  int afterRecordCalls;

  /** Runs in the calling thread, outside the lock. */
  Runnable beforeRecordCall = () -> {};

  Instant created = START;
  int recordCalls;
  int listCalls;
  private Instant now = START;
  long lastSequence = 1_000;

  synchronized Instant now() {
    return now;
  }

  synchronized void advance(Duration time) {
    now = now.plus(time);
  }

  synchronized ShardId open(String name, String... parents) {
    ShardId id = new ShardId(name);
    Shard shard =
        new Shard(
            id,
            parents.length > 0 ? Optional.of(new ShardId(parents[0])) : Optional.empty(),
            parents.length > 1 ? Optional.of(new ShardId(parents[1])) : Optional.empty(),
            new HashKeyRange(BigInteger.ZERO, BigInteger.TEN),
            new SequenceNumber("1"),
            Optional.empty());
    logs.put(id, new Log(shard));
    return id;
  }

  /** Gives a shard other hash keys than the whole of ten that every shard of the fake has. */
  synchronized ShardId withHashKeys(ShardId id, HashKeyRange range) {
    Shard shard = log(id).shard;
    logs.put(
        id,
        new Log(
            new Shard(
                id,
                shard.parent(),
                shard.adjacentParent(),
                range,
                shard.firstSequence(),
                shard.lastSequence())));
    return id;
  }

  synchronized void close(ShardId id, String... children) {
    Log log = log(id);
    log.closed = true;
    log.children =
        java.util.Arrays.stream(children)
            .map(child -> new ChildShard(new ShardId(child), List.of(id)))
            .toList();
  }

  /** Puts a record that arrives now. */
  synchronized UserRecord put(ShardId id, String text) {
    return put(id, text, now);
  }

  synchronized UserRecord put(ShardId id, String text, Instant arrival) {
    return put(id, text.getBytes(java.nio.charset.StandardCharsets.UTF_8), arrival);
  }

  /** Retention takes the oldest records of a shard. */
  synchronized void trim(ShardId id, int records) {
    log(id).trimmed = records;
  }

  /** Retention takes a whole shard. */
  synchronized void expire(ShardId id) {
    logs.remove(id);
  }

  synchronized UserRecord put(ShardId id, byte[] data, Instant arrival) {
    UserRecord record =
        new UserRecord(
            id,
            new SequenceNumber(Long.toString(lastSequence += 7)),
            0,
            arrival.toEpochMilli(),
            "key",
            data,
            0,
            data.length);
    log(id).records.add(record);
    return record;
  }

  synchronized List<UserRecord> records(ShardId id) {
    return List.copyOf(log(id).records);
  }

  static KinesisException failure(Kind kind) {
    return new KinesisException(kind, "told to fail: " + kind, null);
  }

  @Override
  public StreamNamePage streamNames(Optional<String> token) {
    failIfTold(nextListFailures);
    int page = token.map(Integer::parseInt).orElse(0);
    Optional<String> next =
        page + 1 < streamNamePages.size()
            ? Optional.of(Integer.toString(page + 1))
            : Optional.empty();
    return new StreamNamePage(streamNamePages.get(page), next);
  }

  @Override
  public synchronized StreamSummary summary(StreamRef stream) {
    failIfTold(nextListFailures);
    return new StreamSummary(
        new StreamIdentity("arn:aws:kinesis:us-east-1:000000000000:stream/orders", created),
        "ACTIVE",
        Duration.ofHours(24),
        logs.size(),
        now);
  }

  @Override
  public synchronized ShardPage listShards(
      StreamRef stream, ShardFilter filter, Optional<String> token) {
    listCalls++;
    failIfTold(nextListFailures);
    List<Shard> all =
        logs.values().stream()
            .filter(log -> !(filter instanceof ShardFilter.AtLatest) || !log.closed)
            .map(log -> log.shard)
            .toList();
    int from = token.map(Integer::parseInt).orElse(0);
    int to = Math.min(from + shardPageSize, all.size());
    Optional<String> next = to < all.size() ? Optional.of(Integer.toString(to)) : Optional.empty();
    return new ShardPage(all.subList(from, to), next);
  }

  @Override
  public synchronized IteratorAnswer shardIterator(
      StreamRef stream, ShardId shard, Position position) {
    failIfTold(nextFailures);
    iteratorsAskedFor.add(position);
    return new IteratorAnswer(iterator(shard, indexOf(log(shard), position)), now);
  }

  private ShardIterator iterator(ShardId shard, int index) {
    return new ShardIterator(shard + "@" + index + "@" + now);
  }

  private static int indexOf(Log log, Position position) {
    if (position instanceof Position.TrimHorizon) {
      return log.trimmed;
    } else if (position instanceof Position.Latest) {
      return log.records.size();
    }
    for (int i = log.trimmed; i < log.records.size(); i++) {
      if (isReached(log.records.get(i), position)) {
        return i;
      }
    }
    return log.records.size();
  }

  private static boolean isReached(UserRecord record, Position position) {
    if (position instanceof Position.AtTimestamp at) {
      return !record.arrival().isBefore(at.time());
    } else if (position instanceof Position.AtSequenceNumber at) {
      return !record.sequence().isBefore(at.sequence());
    } else if (position instanceof Position.AfterSequenceNumber after) {
      return after.sequence().isBefore(record.sequence());
    }
    throw new AssertionError(position);
  }

  @Override
  public RecordsAnswer getRecords(
      StreamRef stream, ShardId shard, ShardIterator iterator, int limit) {
    beforeRecordCall.run();
    return records(shard, iterator, limit);
  }

  private synchronized RecordsAnswer records(ShardId shard, ShardIterator iterator, int limit) {
    if (failureAfterRecordCalls != null && recordCalls >= afterRecordCalls) {
      throw failureAfterRecordCalls;
    }
    recordCalls++;
    failIfTold(nextFailures);
    failIfTold(nextRecordFailures);
    String[] parts = iterator.value().split("@", -1);
    if (Instant.parse(parts[2]).plus(ITERATOR_LIFE).isBefore(now)) {
      throw failure(Kind.ITERATOR_EXPIRED);
    }
    Log log = log(shard);
    int from = Math.max(log.trimmed, Integer.parseInt(parts[1]));
    if (emptyAnswersFirst > 0) {
      emptyAnswersFirst--;
      long emptyMillis = Duration.ofMinutes(1).toMillis() * (emptyAnswersFirst + 1);
      long sinceStart = Duration.between(START, now).toMillis();
      return answer(log, from, from, OptionalLong.of(sinceStart + emptyMillis));
    }
    int to = Math.min(from + Math.min(pageSize, limit), log.records.size());
    return answer(log, from, to, lag(log, to));
  }

  private OptionalLong lag(Log log, int to) {
    if (!nextLags.isEmpty()) {
      return nextLags.removeFirst();
    }
    boolean atTip = to == log.records.size();
    return OptionalLong.of(
        atTip || to == 0 ? 0 : Duration.between(log.records.get(to - 1).arrival(), now).toMillis());
  }

  private RecordsAnswer answer(Log log, int from, int to, OptionalLong lag) {
    List<UserRecord> page = List.copyOf(log.records.subList(from, to));
    boolean end = log.closed && to == log.records.size();
    return new RecordsAnswer(
        page,
        page.stream().mapToLong(UserRecord::length).sum(),
        end ? Optional.empty() : Optional.of(iterator(log.shard.id(), to)),
        lag,
        end ? log.children : List.of(),
        now);
  }

  private Log log(ShardId id) {
    Log log = logs.get(id);
    if (log == null) {
      throw failure(Kind.NOT_FOUND);
    }
    return log;
  }

  private static void failIfTold(Deque<KinesisException> failures) {
    KinesisException failure = failures.pollFirst();
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public SubscribeAnswer subscribe(
      StreamRef stream, ShardId shard, ConsumerArn consumer, Position position) {
    throw new UnsupportedOperationException("This fake has no consumers.");
  }

  @Override
  public void close() {}
}
