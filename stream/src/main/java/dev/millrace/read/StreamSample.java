package dev.millrace.read;

import dev.millrace.read.FetchEvent.Fetched;
import dev.millrace.read.FetchOptions.OnLoss;
import dev.millrace.stream.Bound;
import dev.millrace.stream.Ledger;
import dev.millrace.stream.Position;
import dev.millrace.stream.Shard;
import dev.millrace.stream.ShardScan;
import dev.millrace.stream.StreamRef;
import dev.millrace.stream.UserRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Takes a sample of a stream's records, from all its shards alike: so many at most, and what comes
 * within a while.
 */
public final class StreamSample {
  /** Kinesis is read forwards only: newest records are found by going back ever further. */
  private static final List<Duration> WINDOWS =
      List.of(Duration.ofMinutes(10), Duration.ofHours(2), Duration.ofHours(24));

  /** So many are worth more than older ones. */
  private static final int ENOUGH = 100;

  /** A stream can have thousands of shards; those of a part of them are like the rest. */
  private static final int MAX_SHARDS = 64;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Once there are enough, how long slower shards are waited for. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private static final Duration GLANCE = Duration.ofMillis(100);
  private static final int MOST_IN_AN_ANSWER = 10_000;

  private final Kinesis kinesis;
  private final ControlCalls calls;
  private final ShardBudgets budgets;
  private final int wanted;
  private final Ledger ledger = new Ledger();
  private final long deadline = System.nanoTime() + PATIENCE.toNanos();

  /**
   * @param wanted the most records
   */
  public StreamSample(Kinesis kinesis, ControlCalls calls, ShardBudgets budgets, int wanted) {
    this.kinesis = kinesis;
    this.calls = calls;
    this.budgets = budgets;
    this.wanted = wanted;
  }

  /** The longest time that {@link #newest} goes back. */
  public static Duration furthest() {
    return WINDOWS.get(WINDOWS.size() - 1);
  }

  /** What could not be read. */
  public Ledger ledger() {
    return ledger;
  }

  /** The newest records, as far as they can be had without reading all that is older. */
  public List<UserRecord> newest(StreamRef stream, Instant now) throws InterruptedException {
    List<UserRecord> records = List.of();
    for (Duration window : WINDOWS) {
      List<UserRecord> found = since(stream, now, Optional.of(now.minus(window)));
      records = found.size() > records.size() ? found : records;
      if (records.size() >= Math.min(wanted, ENOUGH) || isOver()) {
        break;
      }
    }
    return records;
  }

  /**
   * The first records that arrived from then on.
   *
   * @param since empty means the oldest there are
   */
  public List<UserRecord> since(StreamRef stream, Instant now, Optional<Instant> since)
      throws InterruptedException {
    Snapshot snapshot = new Snapshots(calls).take(stream, now, since);
    Position from = since.map(Position::at).orElseGet(Position::trimHorizon);
    List<Shard> shards = spread(snapshot.shards());
    SampledShards sampled = new SampledShards(shards.size(), wanted);
    try (Fetch fetch = pool().start()) {
      for (Shard shard : shards) {
        fetch.add(new ShardScan(stream, shard.id(), from, Bound.tipAsOf(now)));
      }
      read(fetch, sampled);
    }
    return sampled.take();
  }

  private FetchPool pool() {
    FetchOptions options =
        FetchOptions.defaults()
            .withOnLoss(OnLoss.CONTINUE)
            .withPatience(PATIENCE)
            .withFirstRecords(Math.min(wanted, MOST_IN_AN_ANSWER));
    return new FetchPool(kinesis, options, budgets, ledger, new Random());
  }

  private void read(Fetch fetch, SampledShards sampled) throws InterruptedException {
    long end = deadline;
    while (!fetch.isDone() && !sampled.isComplete() && System.nanoTime() < end) {
      Optional<FetchEvent> event = fetch.poll(GLANCE);
      if (event.isPresent() && event.get() instanceof Fetched fetched) {
        sampled.add(fetched.batch().records());
        if (sampled.size() >= wanted) {
          end = Math.min(end, System.nanoTime() + GRACE.toNanos());
        }
      }
    }
  }

  private boolean isOver() {
    return System.nanoTime() >= deadline;
  }

  private static List<Shard> spread(List<Shard> shards) {
    if (shards.size() <= MAX_SHARDS) {
      return shards;
    }
    return java.util.stream.IntStream.range(0, MAX_SHARDS)
        .mapToObj(i -> shards.get((int) ((long) i * shards.size() / MAX_SHARDS)))
        .toList();
  }
}
