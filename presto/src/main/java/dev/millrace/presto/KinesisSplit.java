package dev.millrace.presto;

import com.facebook.presto.spi.ConnectorSplit;
import com.facebook.presto.spi.HostAddress;
import com.facebook.presto.spi.NodeProvider;
import com.facebook.presto.spi.SplitWeight;
import com.facebook.presto.spi.schedule.NodeSelectionStrategy;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.millrace.connector.plan.SplitScan;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * One shard's part of a scan, which any node can read.
 *
 * @param scan the text of the split's scan
 * @param weightBytes about how much there is to read
 */
public record KinesisSplit(@JsonProperty String scan, @JsonProperty long weightBytes)
    implements ConnectorSplit {
  /** So much is a split of standard weight; an emptier shard lets a node take more of them. */
  private static final double STANDARD_BYTES = 64L << 20;

  /** A node takes a hundred splits of standard weight: ten thousand of these. */
  private static final double LEAST = 0.01;

  @JsonCreator
  public KinesisSplit(
      @JsonProperty("scan") String scan, @JsonProperty("weightBytes") long weightBytes) {
    this.scan = scan;
    this.weightBytes = weightBytes;
  }

  static KinesisSplit of(SplitScan split) {
    return new KinesisSplit(split.encode(), split.weightBytes());
  }

  SplitScan decode() {
    return SplitScan.decode(scan);
  }

  @Override
  public NodeSelectionStrategy getNodeSelectionStrategy() {
    return NodeSelectionStrategy.NO_PREFERENCE;
  }

  @Override
  public List<HostAddress> getPreferredNodes(NodeProvider nodes) {
    return List.of();
  }

  /** Still abstract in Presto, though nothing asks for it any more. */
  @SuppressWarnings("deprecation")
  @Override
  public Object getInfo() {
    return getInfoMap();
  }

  @Override
  public Map<String, String> getInfoMap() {
    return Map.of("split", toString());
  }

  @Override
  public OptionalLong getSplitSizeInBytes() {
    return OptionalLong.of(weightBytes);
  }

  @Override
  public SplitWeight getSplitWeight() {
    double share = weightBytes / STANDARD_BYTES;
    return SplitWeight.fromProportion(Math.min(1, Math.max(LEAST, share)));
  }

  @Override
  public String toString() {
    return decode().toString();
  }
}
