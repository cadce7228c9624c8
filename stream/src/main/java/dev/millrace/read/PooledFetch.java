package dev.millrace.read;

import dev.millrace.read.FetchEvent.Ended;
import dev.millrace.read.FetchEvent.Fetched;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.ShardScan;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Readers on threads.
 *
 * <p>A reader is in exactly one place: in {@code due}, waiting for its time; or in one worker's
 * hands. Before a call a worker reserves the memory of the largest possible answer and gives back
 * what the answer did not need; the rest is given back when the consumer has taken the batch. So
 * calls stop when the consumer is slow, and the memory held never exceeds the budget.
 *
 * <p>{@code open} counts the scans whose last event was not taken yet; the fetch is done at zero.
 */
final class PooledFetch implements Fetch {
  /** Permits are counted in KiB so that any budget fits an int. */
  private static final int PERMIT_BYTES = 1024;

  private static final int ANSWER_PERMITS = permits(FetchOptions.MAX_ANSWER_BYTES);

  private record Task(ShardReader reader, Event event, long dueNanos) implements Delayed {
    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(dueNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.signum(dueNanos - ((Task) other).dueNanos);
    }
  }

  /** What waits for the consumer: an event, or the failure of a scan, and the memory it holds. */
  private record Outcome(
      @Nullable FetchEvent event, @Nullable MillraceException failure, int permits) {}

  private final Kinesis kinesis;
  private final FetchOptions options;
  private final Function<ShardScan, ShardReader> readers;
  private final DelayQueue<Task> due = new DelayQueue<>();
  private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
  private final Semaphore memory;
  private final Queue<Thread> workers = new ConcurrentLinkedQueue<>();
  private final AtomicInteger open = new AtomicInteger();
  private volatile boolean closed;
  private int heldPermits;

  PooledFetch(Kinesis kinesis, FetchOptions options, Function<ShardScan, ShardReader> readers) {
    this.kinesis = kinesis;
    this.options = options;
    this.readers = readers;
    this.memory = new Semaphore(permits(options.bufferBytes()), true);
  }

  private static int permits(long bytes) {
    return Math.toIntExact((bytes + PERMIT_BYTES - 1) / PERMIT_BYTES);
  }

  @Override
  public void add(ShardScan scan) {
    int scans = open.incrementAndGet();
    due.add(new Task(readers.apply(scan), new Event.Resumed(), System.nanoTime()));
    if (workers.size() < Math.min(scans, options.callsInFlight())) {
      Thread worker = new Thread(this::work, "millrace-fetch-" + workers.size());
      worker.setDaemon(true);
      workers.add(worker);
      worker.start();
    }
  }

  @Override
  public Optional<FetchEvent> poll(Duration timeout) throws InterruptedException {
    memory.release(heldPermits);
    heldPermits = 0;
    if (isDone()) {
      return Optional.empty();
    }
    Outcome outcome = outcomes.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
    if (outcome == null) {
      return Optional.empty();
    }
    heldPermits = outcome.permits();
    if (outcome.failure() != null) {
      close();
      throw outcome.failure();
    }
    FetchEvent event = java.util.Objects.requireNonNull(outcome.event());
    if (event instanceof Ended) {
      open.decrementAndGet();
    }
    return Optional.of(event);
  }

  @Override
  public boolean isDone() {
    return open.get() == 0;
  }

  @Override
  public void close() {
    closed = true;
    workers.forEach(Thread::interrupt);
  }

  private void work() {
    try {
      while (!closed) {
        run(due.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // close() asked for the end of this thread.
    }
  }

  /** One reader until it has to wait, has ended, or has failed. */
  private void run(Task task) throws InterruptedException {
    ShardReader reader = task.reader();
    try {
      Event event = task.event();
      int permits = 0;
      while (true) {
        Step step = reader.step(event, System.nanoTime());
        event = new Event.Resumed();
        if (step instanceof Step.CallIterator call) {
          event = callIterator(reader.scan(), call);
        } else if (step instanceof Step.CallRecords call) {
          memory.acquire(ANSWER_PERMITS);
          permits = ANSWER_PERMITS;
          event = callRecords(reader.scan(), call);
          int needed = neededPermits(event);
          memory.release(permits - needed);
          permits = needed;
        } else if (step instanceof Step.Emit emit) {
          outcomes.add(new Outcome(new Fetched(reader.scan(), emit.batch()), null, permits));
          permits = 0;
        } else {
          memory.release(permits);
          settle(reader, step);
          return;
        }
      }
    } catch (RuntimeException | Error e) {
      outcomes.add(new Outcome(null, ourFault(reader.scan(), e), 0));
    }
  }

  private void settle(ShardReader reader, Step step) {
    if (step instanceof Step.WaitUntil wait) {
      due.add(new Task(reader, new Event.Resumed(), wait.nanos()));
    } else if (step instanceof Step.Done done) {
      outcomes.add(new Outcome(new Ended(reader.scan(), done.end()), null, 0));
    } else if (step instanceof Step.Failed failed) {
      outcomes.add(new Outcome(null, failed.cause(), 0));
    } else {
      throw new AssertionError(step);
    }
  }

  private Event callIterator(ShardScan scan, Step.CallIterator call) {
    try {
      return new Event.IteratorReady(
          kinesis.shardIterator(scan.stream(), scan.shard(), call.position()));
    } catch (KinesisException e) {
      return new Event.CallFailed(e);
    }
  }

  private Event callRecords(ShardScan scan, Step.CallRecords call) {
    try {
      return new Event.Answered(
          kinesis.getRecords(scan.stream(), scan.shard(), call.iterator(), call.limit()));
    } catch (KinesisException e) {
      return new Event.CallFailed(e);
    }
  }

  private static int neededPermits(Event event) {
    long bytes = event instanceof Event.Answered answered ? answered.answer().bytes() : 0;
    return Math.min(permits(bytes), ANSWER_PERMITS);
  }

  private static MillraceException ourFault(ShardScan scan, Throwable fault) {
    return fault instanceof MillraceException known
        ? known
        : new MillraceException(ErrorCode.INTERNAL, "Reading " + scan + " failed: " + fault, fault);
  }
}
