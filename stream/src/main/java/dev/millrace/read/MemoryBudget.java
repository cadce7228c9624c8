package dev.millrace.read;

import java.util.concurrent.Semaphore;

/**
 * The bytes that answers may hold. Taking waits for them, first come first served; what turns out
 * larger than it was taken for is charged all the same, so the rest may go below zero for a while.
 */
final class MemoryBudget {
  /** Whoever holds it is the next to be served: a large request is not passed by small ones. */
  private final Semaphore turn = new Semaphore(1, true);

  private long free;
  private boolean closed;

  MemoryBudget(long bytes) {
    this.free = bytes;
  }

  void take(long bytes) throws InterruptedException {
    turn.acquire();
    try {
      awaitAndTake(bytes);
    } finally {
      turn.release();
    }
  }

  private synchronized void awaitAndTake(long bytes) throws InterruptedException {
    while (free < bytes && !closed) {
      wait();
    }
    free -= bytes;
  }

  /**
   * Gives back what was taken.
   *
   * @param bytes negative where more is held than was taken
   */
  synchronized void give(long bytes) {
    free += bytes;
    notifyAll();
  }

  /** Nobody waits from now on: what is taken will not be used. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
