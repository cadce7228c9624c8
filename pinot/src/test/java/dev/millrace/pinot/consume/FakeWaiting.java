package dev.millrace.pinot.consume;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/** A clock that moves when somebody waits, and things that happen at their time. */
final class FakeWaiting implements Waiting {
  private static final long MILLI = 1_000_000;
  static final long START_MILLIS = 1_800_000_000_000L;

  private record Happening(long nanos, Runnable what) {}

  private final Queue<Happening> happenings = new ArrayDeque<>();
  private long nanos;

  /** Lets something happen so many milliseconds after the start; in order. */
  void at(long millis, Runnable what) {
    happenings.add(new Happening(millis * MILLI, what));
  }

  long millis() {
    return nanos / MILLI;
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public long currentTimeMillis() {
    return START_MILLIS + millis();
  }

  @Override
  public void await(CompletableFuture<?> ready, long wait) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    long until = nanos + wait;
    while (!ready.isDone() && !happenings.isEmpty() && happenings.element().nanos() <= until) {
      Happening next = happenings.remove();
      nanos = Math.max(nanos, next.nanos());
      next.what().run();
    }
    if (!ready.isDone()) {
      nanos = until;
    }
  }
}
