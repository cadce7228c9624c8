package dev.millrace.read;

import dev.millrace.read.FetchEvent.Ended;
import dev.millrace.read.FetchEvent.Fetched;
import dev.millrace.read.FetchEvent.Progressed;
import dev.millrace.read.SharedFetch.Pace;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.ShardScan;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one scan brought and its consumer has not taken.
 *
 * <p>A reader may go on only while nothing waits here: where the consumer has come and found
 * nothing it is {@code hungry}, and what the next answer takes is simply charged; where it is busy
 * the memory must be free. {@code parked} is the reader's wish that was not granted yet.
 */
final class ScanQueue implements ScanFetch, Outlet {
  private record Held(FetchEvent event, long bytes) {}

  private record Wish(long bytes, Runnable granted) {}

  private final ShardScan scan;
  private final MemoryBudget ahead;
  private final Pace pace;
  private final Consumer<ScanQueue> over;
  private final Deque<Held> queue = new ArrayDeque<>();
  private @Nullable RunningReader reader;
  private @Nullable MillraceException failure;
  private @Nullable Wish parked;
  private @Nullable CompletableFuture<@Nullable Void> waiting;
  private boolean hungry = true;
  private boolean closed;
  private long queuedBytes;
  private long takenBytes;

  /**
   * @param over told once nothing more comes
   */
  ScanQueue(ShardScan scan, MemoryBudget ahead, Pace pace, Consumer<ScanQueue> over) {
    this.scan = scan;
    this.ahead = ahead;
    this.pace = pace;
    this.over = over;
  }

  ShardScan scan() {
    return scan;
  }

  synchronized void reads(RunningReader running) {
    reader = running;
  }

  @Override
  public synchronized boolean reserve(long bytes, Runnable granted) {
    if (isGranted(bytes)) {
      return true;
    }
    parked = new Wish(bytes, granted);
    return false;
  }

  private boolean isGranted(long bytes) {
    if (!queue.isEmpty()) {
      return false;
    }
    if (hungry) {
      ahead.charge(bytes);
      return true;
    }
    return pace == Pace.AHEAD && ahead.takeNow(bytes);
  }

  @Override
  public void release(long bytes) {
    ahead.give(bytes);
  }

  @Override
  public void emit(RecordBatch batch) {
    add(new Held(new Fetched(scan, batch), batch.bytes()));
  }

  @Override
  public void progressed(Instant readTo) {
    long bytes = RecordBatch.RECORD_OVERHEAD_BYTES;
    ahead.charge(bytes);
    add(new Held(new Progressed(scan, readTo), bytes));
  }

  @Override
  public void ended(ScanEnd end) {
    over.accept(this);
    add(new Held(new Ended(scan, end), 0));
  }

  private void add(Held held) {
    wake(put(held));
  }

  private synchronized @Nullable CompletableFuture<@Nullable Void> put(Held held) {
    if (closed) {
      ahead.give(held.bytes());
      return null;
    }
    queue.add(held);
    queuedBytes += held.bytes();
    hungry = false;
    return waiting;
  }

  @Override
  public void failed(MillraceException cause) {
    over.accept(this);
    wake(fail(cause));
  }

  private synchronized @Nullable CompletableFuture<@Nullable Void> fail(MillraceException cause) {
    failure = cause;
    return waiting;
  }

  /** Not under the lock: whatever hangs on the future runs in here. */
  private static void wake(@Nullable CompletableFuture<@Nullable Void> future) {
    if (future != null) {
      future.complete(null);
    }
  }

  /** Who asks this has nothing left to work on: to wait for what comes is to have come for it. */
  @Override
  public CompletableFuture<?> ready() {
    Runnable granted;
    CompletableFuture<?> future;
    synchronized (this) {
      if (!queue.isEmpty() || failure != null || closed) {
        return CompletableFuture.completedFuture(null);
      }
      hungry = true;
      granted = grant();
      future = await();
    }
    granted.run();
    return future;
  }

  private CompletableFuture<?> await() {
    CompletableFuture<@Nullable Void> known = waiting;
    if (known == null || known.isDone()) {
      known = new CompletableFuture<>();
      waiting = known;
    }
    return known;
  }

  @Override
  public Optional<FetchEvent> poll() {
    Runnable granted;
    Optional<FetchEvent> event;
    synchronized (this) {
      event = take();
      granted = grant();
    }
    granted.run();
    return event;
  }

  private Optional<FetchEvent> take() {
    ahead.give(takenBytes);
    takenBytes = 0;
    Held held = queue.poll();
    if (held != null) {
      queuedBytes -= held.bytes();
      takenBytes = held.bytes();
      return Optional.of(held.event());
    }
    if (failure != null) {
      throw failure;
    }
    hungry = true;
    return Optional.empty();
  }

  private Runnable grant() {
    Wish wish = parked;
    if (wish == null || !isGranted(wish.bytes())) {
      return () -> {};
    }
    parked = null;
    return wish.granted();
  }

  @Override
  public synchronized long heldBytes() {
    return queuedBytes + takenBytes;
  }

  @Override
  public void close() {
    RunningReader cancelled;
    CompletableFuture<@Nullable Void> woken;
    synchronized (this) {
      closed = true;
      ahead.give(queuedBytes + takenBytes);
      queuedBytes = 0;
      takenBytes = 0;
      queue.clear();
      parked = null;
      cancelled = reader;
      woken = waiting;
    }
    if (cancelled != null) {
      cancelled.cancel();
    }
    over.accept(this);
    wake(woken);
  }
}
