package dev.millrace.trino;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.millrace.connector.plan.SplitScan;
import io.airlift.slice.SizeOf;
import io.trino.spi.SplitWeight;
import io.trino.spi.connector.ConnectorSplit;

/**
 * One shard's part of a scan.
 *
 * @param scan as {@link SplitScan#encode} writes it
 * @param weight how much of a worker it takes, 0 to 1
 */
public record KinesisSplit(@JsonProperty("scan") String scan, @JsonProperty("weight") double weight)
    implements ConnectorSplit {
  /** What a shard serves in a minute. */
  private static final double FULL_WEIGHT_BYTES = 120_000_000;

  /** Even an idle shard takes a few calls. */
  private static final double LEAST_WEIGHT = 0.05;

  @JsonCreator
  public KinesisSplit {}

  static KinesisSplit of(SplitScan scan) {
    double share = scan.weightBytes() / FULL_WEIGHT_BYTES;
    return new KinesisSplit(scan.encode(), Math.clamp(share, LEAST_WEIGHT, 1));
  }

  SplitScan decode() {
    return SplitScan.decode(scan);
  }

  @Override
  public SplitWeight getSplitWeight() {
    return SplitWeight.fromProportion(weight);
  }

  @Override
  public long getRetainedSizeInBytes() {
    return SizeOf.estimatedSizeOf(scan) + Double.BYTES;
  }

  @Override
  public String toString() {
    return decode().toString();
  }
}
