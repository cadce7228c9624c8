package dev.millrace.read;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The bytes that answers may hold. Who does not get them at once is served in turn, so that a large
 * request is not passed by small ones; what turns out larger than it was taken for is charged all
 * the same, so the rest may go below zero for a while. Thread-safe.
 */
final class MemoryBudget {
  private record Request(long bytes, Runnable granted) {}

  private final Deque<Request> waiting = new ArrayDeque<>();
  private long free;

  MemoryBudget(long bytes) {
    this.free = bytes;
  }

  /**
   * Takes bytes now, or later in turn.
   *
   * @param granted runs once they are taken, where they are not taken now
   * @return whether they are taken now
   */
  synchronized boolean take(long bytes, Runnable granted) {
    if (waiting.isEmpty() && takeNow(bytes)) {
      return true;
    }
    waiting.add(new Request(bytes, granted));
    return false;
  }

  /** Takes bytes where they are free. */
  synchronized boolean takeNow(long bytes) {
    if (free < bytes) {
      return false;
    }
    free -= bytes;
    return true;
  }

  /** Takes bytes whether they are free or not. */
  synchronized void charge(long bytes) {
    free -= bytes;
  }

  /**
   * Gives back what was taken.
   *
   * @param bytes negative where more is held than was taken
   */
  void give(long bytes) {
    free(bytes).forEach(Runnable::run);
  }

  private synchronized List<Runnable> free(long bytes) {
    free += bytes;
    List<Runnable> granted = new ArrayList<>();
    while (!waiting.isEmpty() && takeNow(waiting.peekFirst().bytes())) {
      granted.add(waiting.removeFirst().granted());
    }
    return granted;
  }
}
