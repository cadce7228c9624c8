package dev.millrace.presto;

import com.facebook.presto.spi.ConnectorTableHandle;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.millrace.connector.plan.TableScan;

/** A table as the query's analysis found it: the text of a scan without conditions. */
public record KinesisTableHandle(@JsonProperty String scan) implements ConnectorTableHandle {
  @JsonCreator
  public KinesisTableHandle(@JsonProperty("scan") String scan) {
    this.scan = scan;
  }

  static KinesisTableHandle of(TableScan scan) {
    return new KinesisTableHandle(scan.encode());
  }

  TableScan decode() {
    return TableScan.decode(scan);
  }

  @Override
  public String toString() {
    return decode().table().name().toString();
  }
}
