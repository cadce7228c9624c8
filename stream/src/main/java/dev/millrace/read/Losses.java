package dev.millrace.read;

import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.Ledger;
import dev.millrace.stream.Loss;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.ShardScan;
import org.jspecify.annotations.Nullable;

/** What one scan could not read, told to the ledger and to the metrics, and in words. */
record Losses(ShardScan scan, Ledger ledger, ReadMetrics metrics) {

  Loss add(Loss.Kind kind, String detail) {
    Loss loss = new Loss(scan.stream(), scan.shard(), kind, detail);
    ledger.add(loss);
    metrics.lost(loss);
    return loss;
  }

  static MillraceException failure(Loss loss, @Nullable Throwable cause) {
    return new MillraceException(
        ErrorCode.NOT_FOUND,
        "Cannot read "
            + loss.shard()
            + " of stream "
            + loss.stream()
            + ": "
            + loss.detail()
            + ". Start later, or use on-loss=continue.",
        cause);
  }
}
