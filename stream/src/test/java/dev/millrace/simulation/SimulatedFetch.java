package dev.millrace.simulation;

import dev.millrace.read.Fetch;
import dev.millrace.read.FetchEvent;
import dev.millrace.read.FetchOptions;
import dev.millrace.read.Pacing;
import dev.millrace.read.RecordBatch;
import dev.millrace.read.Retrieval;
import dev.millrace.read.ScanEnd;
import dev.millrace.read.ShardBudgets;
import dev.millrace.read.ShardReader;
import dev.millrace.stream.Ledger;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.ShardScan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Readers on the scheduler. Nothing in it waits: a consumer is woken when there is something. */
final class SimulatedFetch implements Fetch {
  private record Outcome(
      ReaderLoop loop, @Nullable FetchEvent event, @Nullable MillraceException failure) {}

  private final Scene scene;
  private final FetchOptions options;
  private final Ledger ledger;
  private final Runnable wake;
  private final ShardBudgets budgets = new ShardBudgets(Pacing.ofService());
  private final Deque<Outcome> outcomes = new ArrayDeque<>();
  private final List<ReaderLoop> loops = new ArrayList<>();
  private final int buffered;
  private int open;
  private boolean held;
  private boolean closed;

  /**
   * @param wake runs when there is something to poll for
   */
  SimulatedFetch(Scene scene, FetchOptions options, Ledger ledger, Runnable wake) {
    this.scene = scene;
    this.options = options;
    this.ledger = ledger;
    this.wake = wake;
    this.buffered = scene.dice().between(1, 4);
  }

  @Override
  public void add(ShardScan scan, Retrieval retrieval) {
    ShardReader reader =
        new ShardReader(
            scan,
            retrieval,
            options,
            budgets.of(scan.stream(), scan.shard()),
            ledger,
            scene.dice().fork().generator());
    ReaderLoop loop = new ReaderLoop(scene, this, reader, ledger);
    open++;
    loops.add(loop);
    loop.start();
  }

  @Override
  public Optional<FetchEvent> poll(Duration timeout) {
    Outcome outcome = outcomes.poll();
    if (outcome == null) {
      return Optional.empty();
    }
    if (outcome.failure() != null) {
      close();
      throw outcome.failure();
    }
    outcome.loop().taken();
    if (outcome.event() instanceof FetchEvent.Ended) {
      open--;
    }
    return Optional.ofNullable(outcome.event());
  }

  boolean hasEvents() {
    return !outcomes.isEmpty();
  }

  @Override
  public boolean isDone() {
    return open == 0;
  }

  /** The process is gone; the service is not told. */
  @Override
  public void close() {
    closed = true;
    outcomes.clear();
  }

  boolean isClosed() {
    return closed;
  }

  /** The consumer holds all the memory there is: no reader goes on. */
  void hold() {
    held = true;
  }

  void release() {
    held = false;
    loops.forEach(ReaderLoop::resume);
  }

  /** Whether a reader with so many batches that wait has to wait, too. */
  boolean holds(int waiting) {
    return held || waiting >= buffered;
  }

  void emitted(ReaderLoop loop, RecordBatch batch) {
    offer(new Outcome(loop, new FetchEvent.Fetched(loop.scan(), batch), null));
  }

  void progressed(ReaderLoop loop, Instant readTo) {
    offer(new Outcome(loop, new FetchEvent.Progressed(loop.scan(), readTo), null));
  }

  void ended(ReaderLoop loop, ScanEnd end) {
    offer(new Outcome(loop, new FetchEvent.Ended(loop.scan(), end), null));
  }

  void failed(ReaderLoop loop, MillraceException cause) {
    offer(new Outcome(loop, null, cause));
  }

  private void offer(Outcome outcome) {
    if (!closed) {
      outcomes.add(outcome);
      wake.run();
    }
  }
}
