package dev.millrace.local.store;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * What a store may take.
 *
 * @param memoryBytes what the database may hold in memory, beside the heap
 * @param temporaryBytes what the database may write to temporary files when that is not enough
 * @param sizeLimitBytes how large the store's file may grow; empty means as large as the disk
 * @param lockWait how long to wait for another process that has the store open
 */
public record StoreOptions(
    long memoryBytes, long temporaryBytes, OptionalLong sizeLimitBytes, Duration lockWait) {

  public static StoreOptions defaults() {
    return new StoreOptions(1L << 30, 16L << 30, OptionalLong.empty(), Duration.ofSeconds(10));
  }

  public StoreOptions withSizeLimitBytes(OptionalLong limit) {
    return new StoreOptions(memoryBytes, temporaryBytes, limit, lockWait);
  }

  public StoreOptions withMemoryBytes(long bytes) {
    return new StoreOptions(bytes, temporaryBytes, sizeLimitBytes, lockWait);
  }

  public StoreOptions withLockWait(Duration wait) {
    return new StoreOptions(memoryBytes, temporaryBytes, sizeLimitBytes, wait);
  }
}
