package dev.millrace.read;

import dev.millrace.stream.Bound;
import dev.millrace.stream.Ledger;
import dev.millrace.stream.Position;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardFacts;
import dev.millrace.stream.ShardScan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Cuts a bounded scan of one shard into disjoint slices that several consumers read side by side,
 * each at the full rate of a consumer.
 *
 * <p>The cuts are sequence numbers: the first record that each of the evenly spaced times leads to.
 * So the slices are disjoint and complete whatever the order of arrival times, and where several
 * times lead to one record, or to none, there are fewer slices.
 */
public final class Lanes {
  private final Kinesis kinesis;
  private final FetchOptions options;
  private final ShardBudgets budgets;
  private final RandomGenerator jitter;
  private final LongSupplier nanoTime;
  private final Pause pause;

  public Lanes(
      Kinesis kinesis, FetchOptions options, ShardBudgets budgets, RandomGenerator jitter) {
    this(kinesis, options, budgets, jitter, System::nanoTime, Pause.sleeping());
  }

  Lanes(
      Kinesis kinesis,
      FetchOptions options,
      ShardBudgets budgets,
      RandomGenerator jitter,
      LongSupplier nanoTime,
      Pause pause) {
    this.kinesis = kinesis;
    this.options =
        options
            .withFirstRecords(1)
            .withOnLoss(FetchOptions.OnLoss.CONTINUE)
            .withMetrics(ReadMetrics.none());
    this.budgets = budgets;
    this.jitter = jitter;
    this.nanoTime = nanoTime;
    this.pause = pause;
  }

  /**
   * Cuts a scan. One record is read at each cut, by polling.
   *
   * @param scan bounded; a scan without a bound has no slices
   * @param from about the arrival time where it begins
   * @param to about the arrival time where it ends
   * @param consumers one for each slice, at least one
   */
  public List<Lane> cut(ShardScan scan, Instant from, Instant to, List<ConsumerArn> consumers)
      throws InterruptedException {
    if (scan.to() instanceof Bound.Never) {
      throw new IllegalArgumentException("A scan without a bound has no slices: " + scan);
    }
    List<SequenceNumber> cuts =
        cuts(scan, from, to, consumers.size()).stream()
            .filter(cut -> isBeyondStart(cut, scan.from()))
            .toList();
    List<Lane> lanes = new ArrayList<>();
    for (int i = 0; i <= cuts.size(); i++) {
      Bound end = i < cuts.size() ? Bound.before(cuts.get(i)) : scan.to();
      Retrieval retrieval = Retrieval.fanOut(consumers.get(i));
      lanes.add(new Lane(i == 0 ? first(scan, end) : later(scan, cuts.get(i - 1), end), retrieval));
    }
    return List.copyOf(lanes);
  }

  private static ShardScan first(ShardScan scan, Bound end) {
    return new ShardScan(scan.stream(), scan.shard(), scan.from(), end, scan.facts());
  }

  /** Up to which time the scan's own start was read says nothing of a later slice's. */
  private static ShardScan later(ShardScan scan, SequenceNumber start, Bound end) {
    ShardFacts facts =
        new ShardFacts(scan.facts().hashKeys(), scan.facts().retention(), Optional.empty());
    return new ShardScan(
        scan.stream(), scan.shard(), Position.at(start), end, facts.withStartThere());
  }

  /** Arrival times out of order may lead to before where the scan begins. */
  private static boolean isBeyondStart(SequenceNumber cut, Position from) {
    if (from instanceof Position.AfterSequenceNumber after) {
      return after.sequence().isBefore(cut);
    }
    return !(from instanceof Position.AtSequenceNumber at) || at.sequence().isBefore(cut);
  }

  private SortedSet<SequenceNumber> cuts(ShardScan scan, Instant from, Instant to, int slices)
      throws InterruptedException {
    SortedSet<SequenceNumber> cuts = new TreeSet<>();
    Instant begin =
        scan.from() instanceof Position.AtTimestamp at && at.time().isAfter(from)
            ? at.time()
            : from;
    if (!begin.isBefore(to)) {
      return cuts;
    }
    Duration width = Duration.between(begin, to).dividedBy(slices);
    for (int i = 1; i < slices; i++) {
      Position at = Position.at(begin.plus(width.multipliedBy(i)));
      Optional<SequenceNumber> first =
          firstRecord(new ShardScan(scan.stream(), scan.shard(), at, scan.to()));
      if (first.isEmpty()) {
        return cuts; // Nothing from here to the bound: later times lead nowhere, either.
      }
      cuts.add(first.get());
    }
    return cuts;
  }

  /** What is lost on the way is for the slices' own readers to tell. */
  private Optional<SequenceNumber> firstRecord(ShardScan scan) throws InterruptedException {
    ShardReader reader =
        new ShardReader(
            scan, options, budgets.of(scan.stream(), scan.shard()), new Ledger(), jitter);
    StepCalls calls = new StepCalls(kinesis);
    try {
      Event event = new Event.Resumed();
      while (true) {
        Step step = reader.step(event, nanoTime.getAsLong());
        event = calls.make(scan, step).orElseGet(Event.Resumed::new);
        if (step instanceof Step.WaitUntil wait) {
          pause(wait.nanos() - nanoTime.getAsLong());
        } else if (step instanceof Step.Emit emit) {
          return Optional.of(emit.batch().records().get(0).sequence());
        } else if (step instanceof Step.Failed failed) {
          throw failed.cause();
        } else if (step instanceof Step.Done) {
          return Optional.empty();
        }
      }
    } finally {
      reader.close(nanoTime.getAsLong());
    }
  }

  private void pause(long nanos) throws InterruptedException {
    pause.nanos(nanos);
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }
}
