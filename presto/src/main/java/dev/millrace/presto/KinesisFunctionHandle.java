package dev.millrace.presto;

import com.facebook.presto.spi.function.table.ConnectorTableFunctionHandle;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * A call of {@code read_stream}: it becomes a scan like any other.
 *
 * @param columns the names of what it returns, in order
 */
public record KinesisFunctionHandle(
    @JsonProperty KinesisTableHandle table, @JsonProperty List<String> columns)
    implements ConnectorTableFunctionHandle {
  @JsonCreator
  public KinesisFunctionHandle(
      @JsonProperty("table") KinesisTableHandle table,
      @JsonProperty("columns") List<String> columns) {
    this.table = table;
    this.columns = List.copyOf(columns);
  }
}
