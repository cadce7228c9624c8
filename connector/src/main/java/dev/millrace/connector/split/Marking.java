package dev.millrace.connector.split;

import dev.millrace.connector.plan.SplitScan;
import dev.millrace.read.ScanEnd;
import dev.millrace.read.ShardProgress;
import dev.millrace.stream.Ledger;
import dev.millrace.stream.Position;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Says of a split that its whole range was delivered, where somebody waits for that. */
record Marking(SplitScan split, Ledger ledger, SplitMarks marks, Executor executor) {

  /**
   * Writes the mark of a split that was read to an end and taken by the engine.
   *
   * @param read exactly after the last record
   * @return done when it is written, at once where there is none to write
   */
  CompletableFuture<Void> write(ScanEnd end, Position read) {
    if (split.mark().isEmpty() || !isWhole(end)) {
      return CompletableFuture.completedFuture(null);
    }
    ShardProgress progress =
        end.reason() == ScanEnd.Reason.BOUND
            ? new ShardProgress.Reading(read, end.readTo())
            : new ShardProgress.Finished(end.readTo());
    return CompletableFuture.runAsync(
        () -> marks.write(split.mark().get(), split.scan().shard(), progress, ledger.losses()),
        executor);
  }

  /**
   * Of a shard that is lost nothing more comes, and the mark has the loss; what was left because a
   * scan was cut short is still there.
   */
  private boolean isWhole(ScanEnd end) {
    return !split.order().mayLeaveOut()
        && switch (end.reason()) {
          case BOUND, SHARD_END, LOST -> true;
          case CUT_SHORT -> false;
        };
  }
}
