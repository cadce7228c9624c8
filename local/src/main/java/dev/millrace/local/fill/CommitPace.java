package dev.millrace.local.fill;

import dev.millrace.local.store.StoreWriter;
import java.time.Duration;
import java.util.List;

/**
 * When to commit: a row group at a time where the stream has it, because a full one is written to
 * the file once; else often enough that a kill loses seconds.
 */
final class CommitPace {
  private static final long FEW_RECORDS = 1_000;
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration LATE = Duration.ofSeconds(5);

  private final StoreWriter writer;
  private final long maxBytes;
  private long lastCommit = System.nanoTime();

  /**
   * @param maxBytes the data one transaction may hold: until it ends, it is held in memory
   */
  CommitPace(StoreWriter writer, long maxBytes) {
    this.writer = writer;
    this.maxBytes = maxBytes;
  }

  StoreWriter writer() {
    return writer;
  }

  boolean isDue() {
    long pending = writer.pendingRecords();
    if (pending >= StoreWriter.ROW_GROUP || writer.pendingBytes() >= maxBytes) {
      return true;
    }
    long age = System.nanoTime() - lastCommit;
    return pending > 0
        && (age > LATE.toNanos() || (age > SOON.toNanos() && pending >= FEW_RECORDS));
  }

  void commit(List<StoreWriter.ShardCoverage> coverage) {
    writer.commit(coverage);
    lastCommit = System.nanoTime();
  }
}
