package dev.millrace.read;

import dev.millrace.read.FetchEvent.Ended;
import dev.millrace.read.FetchEvent.Fetched;
import dev.millrace.read.FetchEvent.Progressed;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.ShardScan;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Readers on threads.
 *
 * <p>A reader is in exactly one place: in {@code due}, waiting for its time; or in one worker's
 * hands. Before a step that may lead to a call a worker reserves the memory that the shard's
 * answers lead it to expect; once the answer is there the batch is charged for what it holds, which
 * is given back when the consumer has taken it. So calls stop when the consumer is slow, and the
 * memory held exceeds the budget by no more than what one answer for each call in flight is larger
 * than expected.
 *
 * <p>{@code open} counts the scans whose last event was not taken yet; the fetch is done at zero.
 */
final class PooledFetch implements Fetch {
  private static final long LEAST_RESERVED = 1L << 20;

  /**
   * A reader and what to bring it.
   *
   * @param reserve the memory to reserve before its next call
   * @param charged what its event holds of the budget already
   * @param claim false where something else has brought the reader its event
   */
  private record Task(
      ShardReader reader,
      Event event,
      long dueNanos,
      long reserve,
      long charged,
      BooleanSupplier claim)
      implements Delayed {

    Task(ShardReader reader, Event event, long dueNanos, long reserve) {
      this(reader, event, dueNanos, reserve, 0, () -> true);
    }

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
      @Nullable FetchEvent event, @Nullable MillraceException failure, long bytes) {}

  private final StepCalls calls;
  private final FetchOptions options;
  private final BiFunction<ShardScan, Retrieval, ShardReader> readers;
  private final DelayQueue<Task> due = new DelayQueue<>();
  private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
  private final MemoryBudget memory;
  private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
  private final Queue<Thread> workers = new ConcurrentLinkedQueue<>();
  private final AtomicInteger open = new AtomicInteger();
  private volatile boolean closed;
  private long heldBytes;

  PooledFetch(
      Kinesis kinesis,
      FetchOptions options,
      BiFunction<ShardScan, Retrieval, ShardReader> readers) {
    this.calls = new StepCalls(kinesis);
    this.options = options;
    this.readers = readers;
    this.memory = new MemoryBudget(options.bufferBytes());
  }

  /** Nothing is known of the shard: an equal part, so that all the calls in flight fit. */
  private long firstReserve() {
    long part = options.bufferBytes() / options.callsInFlight();
    return Math.min(FetchOptions.MAX_ANSWER_BYTES, Math.max(LEAST_RESERVED, part));
  }

  private static long reserveAfter(RecordBatch batch) {
    return Math.min(FetchOptions.MAX_ANSWER_BYTES, Math.max(LEAST_RESERVED, 2 * batch.bytes()));
  }

  @Override
  public void add(ShardScan scan, Retrieval retrieval) {
    ShardReader reader = readers.apply(scan, retrieval);
    int scans = open.incrementAndGet();
    due.add(new Task(reader, new Event.Resumed(), System.nanoTime(), firstReserve()));
    if (workers.size() < Math.min(scans, options.callsInFlight())) {
      Thread worker = new Thread(this::work, "millrace-fetch-" + workers.size());
      worker.setDaemon(true);
      workers.add(worker);
      worker.start();
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
    FetchEvent event = java.util.Objects.requireNonNull(outcome.event());
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
    memory.close();
    outcomes.clear();
    outcomes.add(new Outcome(null, null, 0)); // Wakes a consumer that waits.
    workers.forEach(Thread::interrupt);
    subscriptions.forEach(Subscription::close);
    subscriptions.clear();
  }

  private void work() {
    try {
      while (!closed) {
        Task task = due.take();
        if (task.claim().getAsBoolean()) {
          run(task);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // close() asked for the end of this thread.
    }
  }

  /** One reader until it has to wait, has ended, or has failed. */
  private void run(Task task) throws InterruptedException {
    ShardReader reader = task.reader();
    boolean handedOn = false;
    Reserved reserved = new Reserved(task);
    try {
      handedOn = run(reader, task.event(), reserved);
    } catch (RuntimeException | Error e) {
      outcomes.add(new Outcome(null, ourFault(reader.scan(), e), 0));
    } finally {
      memory.give(reserved.bytes);
      if (!handedOn) {
        reader.close(System.nanoTime()).ifPresent(this::leave);
      }
    }
  }

  /** What a worker holds of the budget for a reader in its hands. */
  private static final class Reserved {
    long bytes;
    long next;

    Reserved(Task task) {
      this.bytes = task.charged();
      this.next = task.reserve();
    }
  }

  /** True where the reader has ended or waits for its next event; false where nobody has it. */
  private boolean run(ShardReader reader, Event first, Reserved reserved)
      throws InterruptedException {
    Event event = first;
    while (!closed) {
      if (reserved.bytes == 0) {
        // Before the step: it takes the shard's permit, which must not lie about while this waits.
        memory.take(reserved.next);
        reserved.bytes = reserved.next;
      }
      Step step = reader.step(event, System.nanoTime());
      Optional<Event> called = calls.make(reader.scan(), step);
      event = called.orElseGet(Event.Resumed::new);
      if (event instanceof Event.Subscribed subscribed) {
        keep(subscribed.answer().subscription());
      } else if (step instanceof Step.Unsubscribe left) {
        leave(left.subscription());
      } else if (step instanceof Step.Emit emit) {
        emit(reader, emit.batch(), reserved);
      } else if (step instanceof Step.Progress progress) {
        handOn(new Progressed(reader.scan(), progress.readTo()));
      } else if (called.isEmpty()) {
        settle(reader, step, reserved.next);
        return true;
      }
    }
    return false;
  }

  private void emit(ShardReader reader, RecordBatch batch, Reserved reserved) {
    memory.give(reserved.bytes - batch.bytes());
    reserved.bytes = 0;
    reserved.next = reserveAfter(batch);
    outcomes.add(new Outcome(new Fetched(reader.scan(), batch), null, batch.bytes()));
  }

  /** It costs as much as a record: a consumer that takes none must not collect them. */
  private void handOn(Progressed progressed) {
    long bytes = RecordBatch.RECORD_OVERHEAD_BYTES;
    memory.give(-bytes);
    outcomes.add(new Outcome(progressed, null, bytes));
  }

  private void keep(Subscription subscription) {
    subscriptions.add(subscription);
    if (closed) {
      leave(subscription);
    }
  }

  private void leave(Subscription subscription) {
    subscriptions.remove(subscription);
    subscription.close();
  }

  private void settle(ShardReader reader, Step step, long reserve) {
    if (step instanceof Step.AwaitPush await) {
      awaitPush(reader, await, reserve);
    } else if (step instanceof Step.WaitUntil wait) {
      due.add(new Task(reader, new Event.Resumed(), wait.nanos(), reserve));
    } else if (step instanceof Step.Done done) {
      outcomes.add(new Outcome(new Ended(reader.scan(), done.end()), null, 0));
    } else if (step instanceof Step.Failed failed) {
      outcomes.add(new Outcome(null, failed.cause(), 0));
    } else {
      throw new AssertionError(step);
    }
  }

  /**
   * Whichever comes first goes on with the reader, and only it: the push, or the deadline. Nothing
   * is reserved for the push meanwhile, or idle shards would hold the memory of busy ones; it is
   * charged for as soon as it is there, and nobody asks for another while the budget is overdrawn.
   */
  private void awaitPush(ShardReader reader, Step.AwaitPush await, long reserve) {
    AtomicBoolean gone = new AtomicBoolean();
    BooleanSupplier first = () -> gone.compareAndSet(false, true);
    Task deadline = new Task(reader, new Event.Resumed(), await.untilNanos(), reserve, 0, first);
    due.add(deadline);
    await
        .subscription()
        .next(
            event -> {
              if (event instanceof Event.SubscriptionEnded) {
                subscriptions.remove(await.subscription());
              }
              if (first.getAsBoolean()) {
                due.remove(deadline);
                long bytes = event instanceof Event.Pushed pushed ? pushed.push().bytes() : 0;
                memory.give(-bytes);
                due.add(new Task(reader, event, System.nanoTime(), reserve, bytes, () -> true));
              }
            });
  }

  private static MillraceException ourFault(ShardScan scan, Throwable fault) {
    return fault instanceof MillraceException known
        ? known
        : new MillraceException(ErrorCode.INTERNAL, "Reading " + scan + " failed: " + fault, fault);
  }
}
