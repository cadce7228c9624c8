package dev.millrace.read;

import dev.millrace.read.FetchEvent.Ended;
import dev.millrace.read.FetchEvent.Fetched;
import dev.millrace.read.FetchEvent.Progressed;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.ShardScan;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Readers on threads of their own for one consumer.
 *
 * <p>All share one budget of memory: it is reserved before a call by what the shard's answers lead
 * it to expect; once the answer is there the batch is charged for what it holds, which is given
 * back when the consumer has taken it. So calls stop when the consumer is slow, and the memory held
 * exceeds the budget by no more than what one answer for each call in flight is larger than
 * expected.
 *
 * <p>{@code open} counts the scans whose last event was not taken yet; the fetch is done at zero.
 */
final class PooledFetch implements Fetch {

  /** What waits for the consumer: an event, or the failure of a scan, and the memory it holds. */
  private record Outcome(
      @Nullable FetchEvent event, @Nullable MillraceException failure, long bytes) {}

  private final Kinesis kinesis;
  private final FetchOptions options;
  private final BiFunction<ShardScan, Retrieval, ShardReader> readers;
  private final ReaderThreads threads;
  private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
  private final MemoryBudget memory;
  private final Queue<RunningReader> running = new ConcurrentLinkedQueue<>();
  private final AtomicInteger open = new AtomicInteger();
  private volatile boolean closed;
  private long heldBytes;

  PooledFetch(
      Kinesis kinesis,
      FetchOptions options,
      BiFunction<ShardScan, Retrieval, ShardReader> readers) {
    this.kinesis = kinesis;
    this.options = options;
    this.readers = readers;
    this.threads = new ReaderThreads(options.callsInFlight());
    this.memory = new MemoryBudget(options.bufferBytes());
  }

  @Override
  public void add(ShardScan scan, Retrieval retrieval) {
    ShardReader reader = readers.apply(scan, retrieval);
    open.incrementAndGet();
    running.add(threads.start(reader, kinesis, new Merging(scan), options.firstReserve()));
  }

  /** Puts what one scan brings with what the others do. */
  private final class Merging implements Outlet {
    private final ShardScan scan;

    Merging(ShardScan scan) {
      this.scan = scan;
    }

    @Override
    public boolean reserve(long bytes, Runnable granted) {
      return memory.take(bytes, granted);
    }

    @Override
    public void release(long bytes) {
      memory.give(bytes);
    }

    @Override
    public void emit(RecordBatch batch) {
      outcomes.add(new Outcome(new Fetched(scan, batch), null, batch.bytes()));
    }

    /** It costs as much as a record: a consumer that takes none must not collect them. */
    @Override
    public void progressed(Instant readTo) {
      long bytes = RecordBatch.RECORD_OVERHEAD_BYTES;
      memory.charge(bytes);
      outcomes.add(new Outcome(new Progressed(scan, readTo), null, bytes));
    }

    @Override
    public void ended(ScanEnd end) {
      outcomes.add(new Outcome(new Ended(scan, end), null, 0));
    }

    @Override
    public void failed(MillraceException cause) {
      outcomes.add(new Outcome(null, cause, 0));
    }
  }

  @Override
  public Optional<FetchEvent> poll(Duration timeout) throws InterruptedException {
    memory.give(heldBytes);
    heldBytes = 0;
    if (isDone()) {
      return Optional.empty();
    }
    refuseClosed();
    Outcome outcome = outcomes.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
    refuseClosed();
    if (outcome == null) {
      return Optional.empty();
    }
    heldBytes = outcome.bytes();
    if (outcome.failure() != null) {
      close();
      throw outcome.failure();
    }
    FetchEvent event = Objects.requireNonNull(outcome.event());
    if (event instanceof Ended) {
      open.decrementAndGet();
    }
    return Optional.of(event);
  }

  /** Whoever goes on polling would wait for ever, or take what is missing for the end. */
  private void refuseClosed() {
    if (closed) {
      throw new IllegalStateException("The fetch was closed before it was done");
    }
  }

  @Override
  public boolean isDone() {
    return open.get() == 0;
  }

  @Override
  public void close() {
    closed = true;
    running.forEach(RunningReader::cancel);
    threads.close();
    outcomes.clear();
    outcomes.add(new Outcome(null, null, 0)); // Wakes a consumer that waits.
  }
}
