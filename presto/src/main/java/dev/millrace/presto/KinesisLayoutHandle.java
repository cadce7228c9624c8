package dev.millrace.presto;

import com.facebook.presto.spi.ConnectorTableLayoutHandle;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.millrace.connector.plan.TableScan;
import java.util.List;

/**
 * A scan with what was pushed into it. EXPLAIN shows a layout by its text.
 *
 * @param scan the text of the scan
 * @param explain how it will be read, a line each
 */
public record KinesisLayoutHandle(@JsonProperty String scan, @JsonProperty List<String> explain)
    implements ConnectorTableLayoutHandle {
  @JsonCreator
  public KinesisLayoutHandle(
      @JsonProperty("scan") String scan, @JsonProperty("explain") List<String> explain) {
    this.scan = scan;
    this.explain = List.copyOf(explain);
  }

  TableScan decode() {
    return TableScan.decode(scan);
  }

  @Override
  public String toString() {
    return decode() + " {" + String.join("; ", explain) + "}";
  }
}
