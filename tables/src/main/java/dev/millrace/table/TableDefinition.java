package dev.millrace.table;

import dev.millrace.stream.StreamRef;
import java.util.List;

/**
 * What maps a stream's records to a table's columns.
 *
 * @param dataFormat the message's format: {@code json}, {@code raw} or {@code dummy} (no columns)
 * @param source where the definition was read from, for messages
 */
public record TableDefinition(
    TableName name,
    StreamRef stream,
    String dataFormat,
    Compression compression,
    List<Column> columns,
    String source) {
  public TableDefinition {
    columns = List.copyOf(columns);
  }
}
