package dev.millrace.connector.split;

import dev.millrace.connector.plan.SplitScan;
import dev.millrace.read.ScanEnd;
import dev.millrace.read.ShardProgress;
import dev.millrace.stream.Ledger;
import dev.millrace.stream.Position;
import java.time.Instant;
import java.util.Optional;
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
    ShardProgress progress = progress(end, read);
    return CompletableFuture.runAsync(
        () -> marks.write(split.mark().get(), split.scan().shard(), progress, ledger.losses()),
        executor);
  }

  private static ShardProgress progress(ScanEnd end, Position read) {
    return switch (end.reason()) {
      case BOUND, CUT_SHORT -> new ShardProgress.Reading(read, end.readTo());
      case SHARD_END, LOST -> new ShardProgress.Finished(end.readTo());
      case POSITION_LOST -> new ShardProgress.Reading(after(end.readTo()), end.readTo());
    };
  }

  /** The number it was read to means nothing any more, but the time does. */
  private static Position after(Optional<Instant> readTo) {
    return readTo.map(time -> Position.at(time.plusMillis(1))).orElseGet(Position::trimHorizon);
  }

  /**
   * Of a shard that is lost nothing more comes, and where a position is lost the next query goes on
   * at a time: the mark has the loss. What was left because a scan was cut short is still there.
   */
  private boolean isWhole(ScanEnd end) {
    return !split.order().mayLeaveOut()
        && switch (end.reason()) {
          case BOUND, SHARD_END, LOST, POSITION_LOST -> true;
          case CUT_SHORT -> false;
        };
  }
}
