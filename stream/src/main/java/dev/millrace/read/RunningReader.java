package dev.millrace.read;

import dev.millrace.read.ReaderThreads.Turn;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.ShardScan;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One reader on the threads of several.
 *
 * <p>Whoever makes {@code turn} odd has the reader for itself until it makes it even again or lets
 * it go for good; a {@link Turn} names the even number it was made at, so of several that wait for
 * one reader, as a push and its deadline, the first takes it and the rest are void.
 *
 * <p>Memory is reserved before a step that may lead to a call, because the step takes the shard's
 * permit, which must not lie about meanwhile. Nothing is reserved while the reader waits, or idle
 * shards would hold the memory of busy ones.
 */
final class RunningReader {
  private static final long LEAST_RESERVED = 1L << 20;

  private final ShardReader reader;
  private final StepCalls calls;
  private final Outlet outlet;
  private final ReaderThreads threads;
  private final AtomicLong turn = new AtomicLong();
  private volatile boolean cancelled;

  /** Who runs the reader, so that a call in flight can be interrupted; guarded by this. */
  private @Nullable Thread runner;

  private long reserved;
  private long reserve;

  RunningReader(
      ShardReader reader,
      StepCalls calls,
      Outlet outlet,
      ReaderThreads threads,
      long firstReserve) {
    this.reader = reader;
    this.calls = calls;
    this.outlet = outlet;
    this.threads = threads;
    this.reserve = firstReserve;
  }

  void start() {
    threads.add(new Turn(this, turn.get(), new Event.Resumed(), System.nanoTime(), 0));
  }

  /** Stops reading at once: a call in flight is interrupted, and nobody hears what it brings. */
  void cancel() {
    cancelled = true;
    long now = turn.get();
    if (isWaiting(now) && turn.compareAndSet(now, now + 1)) {
      end();
    } else {
      interrupt();
    }
  }

  private static boolean isWaiting(long turn) {
    return turn % 2 == 0;
  }

  private synchronized void interrupt() {
    if (runner != null) {
      runner.interrupt();
    }
  }

  /** Runs the reader until it waits or is over, unless somebody else took the turn. */
  void take(Turn next) {
    if (!turn.compareAndSet(next.turn(), next.turn() + 1)) {
      outlet.release(next.charged());
      return;
    }
    reserved = next.charged();
    enter();
    try {
      advance(next.event());
    } catch (RuntimeException | Error e) {
      outlet.failed(ourFault(reader.scan(), e));
      if (isMine()) {
        endTurn();
      } else {
        cancel();
      }
    }
  }

  private synchronized boolean isMine() {
    return Thread.currentThread().equals(runner);
  }

  private synchronized void enter() {
    runner = Thread.currentThread();
  }

  /** An interrupt was meant for this reader, not for the one that the thread runs next. */
  private synchronized void leave() {
    runner = null;
    Thread.interrupted();
  }

  private void advance(Event first) {
    Event event = first;
    while (!cancelled) {
      if (reserved == 0 && !reserve(event)) {
        return;
      }
      if (cancelled) {
        break;
      }
      Step step = reader.step(event, System.nanoTime());
      Optional<Event> called = calls.make(reader.scan(), step);
      event = called.orElseGet(Event.Resumed::new);
      if (event instanceof Event.Subscribed subscribed && cancelled) {
        subscribed.answer().subscription().close(); // The reader will not hear of it.
      } else if (step instanceof Step.Unsubscribe left) {
        left.subscription().close();
      } else if (step instanceof Step.Emit emit) {
        emit(emit.batch());
      } else if (step instanceof Step.Progress progress) {
        outlet.progressed(progress.readTo());
      } else if (called.isEmpty()) {
        settle(step);
        return;
      }
    }
    endTurn();
  }

  /**
   * Reserves memory for the next call.
   *
   * @return false where the reader is not ours any more: it waits for the memory, or was cancelled
   */
  private boolean reserve(Event event) {
    long bytes = reserve;
    long waiting = giveUpTurn();
    Runnable granted = () -> threads.add(new Turn(this, waiting, event, System.nanoTime(), bytes));
    if (!outlet.reserve(bytes, granted)) {
      endIfCancelled(waiting);
      return false;
    }
    if (!turn.compareAndSet(waiting, waiting + 1)) {
      outlet.release(bytes);
      return false;
    }
    enter();
    reserved = bytes;
    return true;
  }

  private void emit(RecordBatch batch) {
    outlet.release(reserved - batch.bytes());
    reserved = 0;
    long twice = Math.max(LEAST_RESERVED, 2 * batch.bytes());
    reserve = Math.min(FetchOptions.MAX_ANSWER_BYTES, twice);
    outlet.emit(batch);
  }

  private void settle(Step step) {
    if (step instanceof Step.AwaitPush await) {
      awaitPush(await);
    } else if (step instanceof Step.WaitUntil wait) {
      giveBack();
      long waiting = giveUpTurn();
      threads.add(new Turn(this, waiting, new Event.Resumed(), wait.nanos(), 0));
      endIfCancelled(waiting);
    } else if (step instanceof Step.Done done) {
      endTurn();
      outlet.ended(done.end());
    } else if (step instanceof Step.Failed failed) {
      endTurn();
      outlet.failed(failed.cause());
    } else {
      throw new AssertionError(step);
    }
  }

  /**
   * Whichever comes first goes on with the reader: the push, or the deadline. A push is charged for
   * as soon as it is there, and nobody asks for another while the budget is overdrawn.
   */
  private void awaitPush(Step.AwaitPush await) {
    giveBack();
    long waiting = giveUpTurn();
    Turn deadline = new Turn(this, waiting, new Event.Resumed(), await.untilNanos(), 0);
    threads.add(deadline);
    await
        .subscription()
        .next(
            event -> {
              threads.remove(deadline);
              long bytes = event instanceof Event.Pushed pushed ? pushed.push().bytes() : 0;
              outlet.release(-bytes);
              threads.add(new Turn(this, waiting, event, System.nanoTime(), bytes));
            });
    endIfCancelled(waiting);
  }

  private long giveUpTurn() {
    leave();
    return turn.incrementAndGet();
  }

  /** Who cancels while a thread has the reader leaves the end to that thread. */
  private void endIfCancelled(long waiting) {
    if (cancelled && turn.compareAndSet(waiting, waiting + 1)) {
      end();
    }
  }

  private void endTurn() {
    leave();
    end();
  }

  /** The reader is over: nobody takes it again. */
  private void end() {
    giveBack();
    reader.close(System.nanoTime()).ifPresent(Subscription::close);
    threads.ended();
  }

  private void giveBack() {
    if (reserved != 0) {
      outlet.release(reserved);
      reserved = 0;
    }
  }

  private static MillraceException ourFault(ShardScan scan, Throwable fault) {
    return fault instanceof MillraceException known
        ? known
        : new MillraceException(ErrorCode.INTERNAL, "Reading " + scan + " failed: " + fault, fault);
  }
}
