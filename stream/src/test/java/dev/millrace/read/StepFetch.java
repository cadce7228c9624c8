package dev.millrace.read;

import dev.millrace.stream.Ledger;
import dev.millrace.stream.ShardScan;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A fetch on the test's thread and the fake's clock: one reader after the other, as they are due.
 */
final class StepFetch implements Fetch {
  private static final class Running {
    final ShardReader reader;
    Event event = new Event.Resumed();
    long due;

    Running(ShardReader reader, long due) {
      this.reader = reader;
      this.due = due;
    }
  }

  final List<ShardScan> started = new ArrayList<>();
  private final FakeKinesis kinesis;
  private final FetchOptions options;
  private final ShardBudgets budgets = new ShardBudgets(Pacing.ofService());
  private final Ledger ledger;
  private final StepCalls calls;
  private final List<Running> running = new ArrayList<>();
  private final Deque<FetchEvent> events = new ArrayDeque<>();

  StepFetch(FakeKinesis kinesis, FetchOptions options, Ledger ledger) {
    this.kinesis = kinesis;
    this.options = options;
    this.ledger = ledger;
    this.calls = new StepCalls(kinesis);
  }

  long nanos() {
    return Duration.between(FakeKinesis.START, kinesis.now()).toNanos();
  }

  @Override
  public void add(ShardScan scan, Retrieval retrieval) {
    started.add(scan);
    ShardBudget budget = budgets.of(scan.stream(), scan.shard());
    running.add(
        new Running(
            new ShardReader(scan, retrieval, options, budget, ledger, new Random(1)), nanos()));
  }

  @Override
  public Optional<FetchEvent> poll(Duration timeout) {
    long deadline = nanos() + timeout.toNanos();
    while (events.isEmpty()) {
      Optional<Running> next = running.stream().min(Comparator.comparingLong(one -> one.due));
      if (next.isEmpty()) {
        return Optional.empty();
      }
      long wait = Math.max(0, next.get().due - nanos());
      if (nanos() + wait > deadline) {
        kinesis.advance(Duration.ofNanos(Math.max(0, deadline - nanos())));
        return Optional.empty();
      }
      kinesis.advance(Duration.ofNanos(wait));
      step(next.get());
    }
    return Optional.of(events.removeFirst());
  }

  private void step(Running one) {
    ShardScan scan = one.reader.scan();
    Step step = one.reader.step(one.event, nanos());
    Optional<Event> called = calls.make(scan, step);
    one.event = called.orElseGet(Event.Resumed::new);
    one.due = nanos();
    if (step instanceof Step.WaitUntil wait) {
      one.due = wait.nanos();
    } else if (step instanceof Step.Emit emit) {
      events.add(new FetchEvent.Fetched(scan, emit.batch()));
    } else if (step instanceof Step.Progress progress) {
      events.add(new FetchEvent.Progressed(scan, progress.readTo()));
    } else if (step instanceof Step.Done done) {
      running.remove(one);
      events.add(new FetchEvent.Ended(scan, done.end()));
    } else if (step instanceof Step.Failed failed) {
      throw failed.cause();
    } else if (called.isEmpty()) {
      throw new AssertionError(step);
    }
  }

  @Override
  public boolean isDone() {
    return running.isEmpty() && events.isEmpty();
  }

  @Override
  public void close() {
    running.clear();
  }
}
