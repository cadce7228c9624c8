package dev.millrace.emulator.stream;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of records one emulator may hold. Thread-safe. */
public final class MemoryBudget {
  private final long maxBytes;
  private final AtomicLong held = new AtomicLong();

  public MemoryBudget(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  boolean tryReserve(long bytes) {
    long before;
    do {
      before = held.get();
      if (before + bytes > maxBytes) {
        return false;
      }
    } while (!held.compareAndSet(before, before + bytes));
    return true;
  }

  void release(long bytes) {
    held.addAndGet(-bytes);
  }

  public long heldBytes() {
    return held.get();
  }

  public long maxBytes() {
    return maxBytes;
  }
}
