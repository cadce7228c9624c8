package dev.millrace.local.fill;

import dev.millrace.read.FetchOptions.OnLoss;
import java.time.Duration;
import java.util.Optional;

/**
 * How a fill goes about it.
 *
 * @param maxWait when to stop and answer from what is held; empty means never
 * @param onLoss what it means that a gap can no longer be read
 * @param largeBytes a shard with more than this still to read is read in slices
 * @param firstSliceBytes about how much the first slice of a shard holds
 */
public record FillOptions(
    Optional<Duration> maxWait, OnLoss onLoss, long largeBytes, long firstSliceBytes) {

  public static FillOptions defaults() {
    return new FillOptions(Optional.empty(), OnLoss.FAIL, 64L << 20, 16L << 20);
  }

  public FillOptions withMaxWait(Optional<Duration> wait) {
    return new FillOptions(wait, onLoss, largeBytes, firstSliceBytes);
  }

  public FillOptions withOnLoss(OnLoss value) {
    return new FillOptions(maxWait, value, largeBytes, firstSliceBytes);
  }
}
