package dev.millrace.pinot.proof;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for what threads of Pinot's bring about in their own time. */
final class Await {
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final Duration BETWEEN = Duration.ofMillis(50);

  private Await() {}

  /** Returns how long it took; fails with {@code what} if it does not come. */
  static Duration until(String what, Callable<Boolean> condition) throws Exception {
    long started = System.nanoTime();
    while (!condition.call()) {
      if (System.nanoTime() - started > LONGEST.toNanos()) {
        throw new AssertionError("Not within " + LONGEST + ": " + what);
      }
      LockSupport.parkNanos(BETWEEN.toNanos());
    }
    return Duration.ofNanos(System.nanoTime() - started);
  }
}
