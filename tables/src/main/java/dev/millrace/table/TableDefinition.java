package dev.millrace.table;

import dev.millrace.stream.StreamRef;
import java.util.List;
import java.util.Optional;

/**
 * What maps a stream's records to a table's columns.
 *
 * @param start where a scan starts that is not told; none means the engine's default
 * @param partitionKeys whether a scan for some keys may leave shards out
 * @param source where the definition was read from, for messages
 */
public record TableDefinition(
    TableName name,
    StreamRef stream,
    StreamAccess access,
    Optional<Start> start,
    PartitionKeys partitionKeys,
    MessageDefinition message,
    String source) {

  /** A definition that says nothing of partition keys. */
  public TableDefinition(
      TableName name,
      StreamRef stream,
      StreamAccess access,
      Optional<Start> start,
      MessageDefinition message,
      String source) {
    this(name, stream, access, start, PartitionKeys.UNKNOWN, message, source);
  }

  /** A definition that leaves out what it can. */
  public static TableDefinition of(
      TableName name, StreamRef stream, MessageDefinition message, String source) {
    return new TableDefinition(
        name, stream, StreamAccess.AMBIENT, Optional.empty(), message, source);
  }

  public TableDefinition with(StreamAccess value) {
    return new TableDefinition(name, stream, value, start, partitionKeys, message, source);
  }

  /** The payload columns, in order. */
  public List<Column> columns() {
    return message.columns();
  }
}
