package dev.millrace.pinot.consume;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Time and waiting, as a port. */
interface Waiting {

  /** A monotonic clock. */
  long nanoTime();

  /** The clock that Pinot compares arrival times with. */
  long currentTimeMillis();

  /** Waits until it is done, however that ends, no longer than so many nanoseconds. */
  void await(CompletableFuture<?> ready, long nanos) throws InterruptedException;

  /** On the calling thread, by this machine's clocks. */
  static Waiting onThread() {
    return new Waiting() {
      @Override
      public long nanoTime() {
        return System.nanoTime();
      }

      @Override
      public long currentTimeMillis() {
        return System.currentTimeMillis();
      }

      @Override
      public void await(CompletableFuture<?> ready, long nanos) throws InterruptedException {
        try {
          ready.get(nanos, TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
          return; // Whoever waited looks for itself.
        }
      }
    };
  }
}
