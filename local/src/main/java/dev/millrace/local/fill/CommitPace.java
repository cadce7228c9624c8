package dev.millrace.local.fill;

import dev.millrace.local.store.StoreWriter;
import java.time.Duration;
import java.util.List;

/**
 * When to commit: a row group at a time where the stream has it, because a full one is written to
 * the file once; else often enough that a kill loses seconds.
 */
final class CommitPace {
  private static final long MAX_BYTES = 32L << 20;
  private static final long FEW_RECORDS = 1_000;
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration LATE = Duration.ofSeconds(5);

  private final StoreWriter writer;
  private long lastCommit = System.nanoTime();

  CommitPace(StoreWriter writer) {
    this.writer = writer;
  }

  StoreWriter writer() {
    return writer;
  }

  boolean isDue() {
    long pending = writer.pendingRecords();
    if (pending >= StoreWriter.ROW_GROUP || writer.pendingBytes() >= MAX_BYTES) {
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
