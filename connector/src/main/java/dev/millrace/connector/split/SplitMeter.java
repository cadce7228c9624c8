package dev.millrace.connector.split;

import dev.millrace.read.KinesisException;
import dev.millrace.read.ReadMetrics;
import dev.millrace.stream.Ledger;
import dev.millrace.stream.Loss;
import dev.millrace.stream.ShardScan;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what one split's readers do, on whatever threads they do it. */
final class SplitMeter implements ReadMetrics {
  private static final long UNKNOWN = -1;

  private final AtomicLong records = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong fullAnswers = new AtomicLong();
  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong throttled = new AtomicLong();
  private final AtomicLong retried = new AtomicLong();
  private final AtomicLong millisBehind = new AtomicLong(UNKNOWN);

  private final ReadMetrics ofCatalog;

  /**
   * @param ofCatalog hears of losses, too
   */
  SplitMeter(ReadMetrics ofCatalog) {
    this.ofCatalog = ofCatalog;
  }

  @Override
  public void lost(Loss loss) {
    ofCatalog.lost(loss);
  }

  @Override
  public void called(ShardScan scan, Call call) {
    calls.incrementAndGet();
  }

  @Override
  public void received(ShardScan scan, int received, long size) {
    records.addAndGet(received);
    bytes.addAndGet(size);
    if (received > 0) {
      fullAnswers.incrementAndGet();
    }
  }

  @Override
  public void throttled(ShardScan scan) {
    throttled.incrementAndGet();
  }

  @Override
  public void retried(ShardScan scan, KinesisException.Kind cause) {
    retried.incrementAndGet();
  }

  @Override
  public void lag(ShardScan scan, long millis) {
    millisBehind.set(millis);
  }

  /** Answers that brought records. */
  long fullAnswers() {
    return fullAnswers.get();
  }

  SplitStats stats(long rows, long badRows, Ledger ledger) {
    long behind = millisBehind.get();
    return new SplitStats(
        records.get(),
        bytes.get(),
        calls.get(),
        throttled.get(),
        retried.get(),
        rows,
        badRows,
        ledger.losses(),
        behind == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(behind));
  }
}
