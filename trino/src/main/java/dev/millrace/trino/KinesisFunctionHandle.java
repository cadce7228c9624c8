package dev.millrace.trino;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.trino.spi.function.table.ConnectorTableFunctionHandle;
import java.util.List;

/**
 * A call of {@code read_stream}: it becomes a scan like any other.
 *
 * @param columns the names of what it returns, in order
 */
public record KinesisFunctionHandle(
    @JsonProperty("table") KinesisTableHandle table, @JsonProperty("columns") List<String> columns)
    implements ConnectorTableFunctionHandle {
  @JsonCreator
  public KinesisFunctionHandle {}
}
