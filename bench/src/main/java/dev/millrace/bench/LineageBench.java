package dev.millrace.bench;

import dev.millrace.read.ConsumerArn;
import dev.millrace.read.ControlCalls;
import dev.millrace.read.Fetch;
import dev.millrace.read.FetchEvent;
import dev.millrace.read.FollowContext;
import dev.millrace.read.Following;
import dev.millrace.read.IteratorAnswer;
import dev.millrace.read.Kinesis;
import dev.millrace.read.Pause;
import dev.millrace.read.RecordsAnswer;
import dev.millrace.read.Retrieval;
import dev.millrace.read.ScanEnd;
import dev.millrace.read.ScanEnd.Reason;
import dev.millrace.read.ShardFilter;
import dev.millrace.read.ShardIterator;
import dev.millrace.read.ShardPage;
import dev.millrace.read.Snapshots;
import dev.millrace.read.StreamNamePage;
import dev.millrace.read.SubscribeAnswer;
import dev.millrace.stream.HashKeyRange;
import dev.millrace.stream.Ledger;
import dev.millrace.stream.Position;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.Shard;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.ShardScan;
import dev.millrace.stream.StreamIdentity;
import dev.millrace.stream.StreamRef;
import dev.millrace.stream.StreamSummary;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * How long it takes to plan a stream of many shards, and to follow it from its first shard to its
 * last, where reading takes no time.
 */
public final class LineageBench {
  private static final StreamRef STREAM = StreamRef.parse("orders");
  private static final int SHARDS = 10_000;
  private static final int PAGE = 1_000;
  private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");

  private LineageBench() {}

  public static void main(String[] args) throws InterruptedException {
    Kinesis kinesis = new ListedShards(lineage());
    ControlCalls calls = new ControlCalls(kinesis, new Random(1), Pause.sleeping());
    for (int round = 1; round <= 5; round++) {
      long start = System.nanoTime();
      int planned = new Snapshots(calls).take(STREAM, NOW, Optional.empty()).shards().size();
      long plannedAt = System.nanoTime();
      int followed = follow(calls);
      System.out.printf(
          "round %d: %,d shards planned in %.3f s, %,d followed to their ends in %.3f s%n",
          round,
          planned,
          (plannedAt - start) / 1e9,
          followed,
          (System.nanoTime() - plannedAt) / 1e9);
    }
  }

  private static int follow(ControlCalls calls) throws InterruptedException {
    InstantFetch fetch = new InstantFetch();
    FollowContext context = new FollowContext(calls, fetch, new Ledger());
    int ended = 0;
    try (Following following = Following.start(STREAM, Position.trimHorizon(), context)) {
      while (!fetch.isDone()) {
        ended += following.poll(Duration.ZERO).isPresent() ? 1 : 0;
      }
    }
    return ended;
  }

  /** A hundred shards at first; again and again one is split and the halves are merged. */
  private static List<Shard> lineage() {
    List<Shard> shards = new ArrayList<>();
    Deque<Shard> open = new ArrayDeque<>();
    for (int i = 0; i < 100; i++) {
      BigInteger first = BigInteger.valueOf(i * 1_000L);
      open.add(
          add(
              shards,
              Optional.empty(),
              Optional.empty(),
              new HashKeyRange(first, first.add(BigInteger.valueOf(999)))));
    }
    while (shards.size() + 3 <= SHARDS) {
      Shard parent = open.removeFirst();
      HashKeyRange range = parent.hashKeys();
      BigInteger middle = range.first().add(BigInteger.valueOf(500));
      Optional<ShardId> id = Optional.of(parent.id());
      Shard left =
          add(
              shards,
              id,
              Optional.empty(),
              new HashKeyRange(range.first(), middle.subtract(BigInteger.ONE)));
      Shard right = add(shards, id, Optional.empty(), new HashKeyRange(middle, range.last()));
      open.addLast(add(shards, Optional.of(left.id()), Optional.of(right.id()), range));
    }
    return shards;
  }

  private static Shard add(
      List<Shard> shards,
      Optional<ShardId> parent,
      Optional<ShardId> adjacent,
      HashKeyRange range) {
    Shard shard =
        new Shard(
            new ShardId("shardId-%012d".formatted(shards.size())),
            parent,
            adjacent,
            range,
            new SequenceNumber("1"),
            Optional.of(new SequenceNumber("2")));
    shards.add(shard);
    return shard;
  }

  /** Every scan is at its shard's end at once, and names no children. */
  private static final class InstantFetch implements Fetch {
    private final Deque<ShardScan> scans = new ArrayDeque<>();

    @Override
    public void add(ShardScan scan, Retrieval retrieval) {
      scans.add(scan);
    }

    @Override
    public Optional<FetchEvent> poll(Duration timeout) {
      return Optional.ofNullable(scans.pollFirst())
          .map(
              scan ->
                  new FetchEvent.Ended(
                      scan, new ScanEnd(Reason.SHARD_END, Optional.empty(), List.of())));
    }

    @Override
    public boolean isDone() {
      return scans.isEmpty();
    }

    @Override
    public void close() {}
  }

  /** A service that lists shards and holds nothing. */
  private record ListedShards(List<Shard> shards) implements Kinesis {
    @Override
    public StreamSummary summary(StreamRef stream) {
      return new StreamSummary(
          new StreamIdentity("arn", NOW), "ACTIVE", Duration.ofHours(24), shards.size(), NOW);
    }

    @Override
    public ShardPage listShards(StreamRef stream, ShardFilter filter, Optional<String> token) {
      int from = token.map(Integer::parseInt).orElse(0);
      int to = Math.min(from + PAGE, shards.size());
      return new ShardPage(
          shards.subList(from, to),
          to < shards.size() ? Optional.of(Integer.toString(to)) : Optional.empty());
    }

    @Override
    public StreamNamePage streamNames(Optional<String> token) {
      throw new UnsupportedOperationException();
    }

    @Override
    public IteratorAnswer shardIterator(StreamRef stream, ShardId shard, Position position) {
      throw new UnsupportedOperationException();
    }

    @Override
    public RecordsAnswer getRecords(
        StreamRef stream, ShardId shard, ShardIterator iterator, int limit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public SubscribeAnswer subscribe(
        StreamRef stream, ShardId shard, ConsumerArn consumer, Position position) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }
}
