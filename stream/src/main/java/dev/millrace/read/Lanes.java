package dev.millrace.read;

import dev.millrace.stream.Bound;
import dev.millrace.stream.Ledger;
import dev.millrace.stream.Position;
import dev.millrace.stream.SequenceNumber;
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
    this.options = options.withFirstRecords(1).withOnLoss(FetchOptions.OnLoss.CONTINUE);
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
  public List<Lane> cut(ShardScan scan, Instant from, Instant to, List<ConsumerArn> consumers) {
    if (scan.to() instanceof Bound.Never) {
      throw new IllegalArgumentException("A scan without a bound has no slices: " + scan);
    }
    List<SequenceNumber> cuts = new ArrayList<>(cuts(scan, from, to, consumers.size()));
    List<Lane> lanes = new ArrayList<>();
    Position start = scan.from();
    for (int i = 0; i <= cuts.size(); i++) {
      Bound end = i < cuts.size() ? Bound.before(cuts.get(i)) : scan.to();
      ShardScan slice = new ShardScan(scan.stream(), scan.shard(), start, end, scan.facts());
      lanes.add(new Lane(slice, Retrieval.fanOut(consumers.get(i))));
      start = i < cuts.size() ? Position.at(cuts.get(i)) : start;
    }
    return List.copyOf(lanes);
  }

  private SortedSet<SequenceNumber> cuts(ShardScan scan, Instant from, Instant to, int slices) {
    SortedSet<SequenceNumber> cuts = new TreeSet<>();
    Duration width = Duration.between(from, to).dividedBy(slices);
    for (int i = 1; i < slices; i++) {
      Position at = Position.at(from.plus(width.multipliedBy(i)));
      Optional<SequenceNumber> first =
          firstRecord(new ShardScan(scan.stream(), scan.shard(), at, scan.to(), scan.facts()));
      if (first.isEmpty()) {
        return cuts; // Nothing from here to the bound: later times lead nowhere, either.
      }
      cuts.add(first.get());
    }
    return cuts;
  }

  /** What is lost on the way is for the slices' own readers to tell. */
  private Optional<SequenceNumber> firstRecord(ShardScan scan) {
    ShardReader reader =
        new ShardReader(
            scan, options, budgets.of(scan.stream(), scan.shard()), new Ledger(), jitter);
    StepCalls calls = new StepCalls(kinesis);
    Event event = new Event.Resumed();
    while (true) {
      Step step = reader.step(event, nanoTime.getAsLong());
      event = new Event.Resumed();
      if (step instanceof Step.CallIterator call) {
        event = calls.iterator(scan, call);
      } else if (step instanceof Step.CallRecords call) {
        event = calls.records(scan, call);
      } else if (step instanceof Step.WaitUntil wait) {
        pause.nanos(wait.nanos() - nanoTime.getAsLong());
      } else if (step instanceof Step.Emit emit) {
        return Optional.of(emit.batch().records().get(0).sequence());
      } else if (step instanceof Step.Failed failed) {
        throw failed.cause();
      } else {
        return Optional.empty();
      }
    }
  }
}
