package dev.millrace.decode;

import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamRef;
import dev.millrace.stream.UserRecord;
import dev.millrace.table.Column;
import dev.millrace.table.ColumnType;
import dev.millrace.table.MessageDefinition;
import dev.millrace.table.MessageFormat;
import dev.millrace.table.TableDefinition;
import dev.millrace.table.TableName;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Records, columns and definitions in one line. */
public final class TestRecords {
  private TestRecords() {}

  /** A record whose payload has other bytes of its batch around it. */
  public static UserRecord record(byte[] payload) {
    byte[] shared = new byte[payload.length + 8];
    java.util.Arrays.fill(shared, (byte) '"');
    System.arraycopy(payload, 0, shared, 5, payload.length);
    return new UserRecord(
        new ShardId("shardId-000000000000"),
        new SequenceNumber("1"),
        0,
        0,
        "key",
        shared,
        5,
        payload.length);
  }

  public static UserRecord record(String payload) {
    return record(payload.getBytes(StandardCharsets.UTF_8));
  }

  public static Column column(String name, ColumnType type) {
    return Column.named(name, type);
  }

  public static Column mapped(String name, ColumnType type, String mapping) {
    return column(name, type).withMapping(mapping);
  }

  public static Column formatted(String name, ColumnType type, String mapping, String dataFormat) {
    return mapped(name, type, mapping).withDataFormat(dataFormat);
  }

  public static TableDefinition table(MessageDefinition message) {
    return TableDefinition.of(
        new TableName("default", "t"), StreamRef.parse("s"), message, "t.json");
  }

  /** The rows of one record. */
  public static RecordedRows decode(MessageDefinition message, UserRecord record) {
    RecordedRows rows = RecordedRows.of(message.columns());
    RowDecoders.compile(table(message), message.columns()).decode(record, rows);
    return rows;
  }

  /** The rows of one uncompressed record. */
  public static RecordedRows decode(MessageFormat format, UserRecord record, Column... columns) {
    return decode(MessageDefinition.of(format, List.of(columns)), record);
  }

  public static RecordedRows json(String payload, Column... columns) {
    return decode(new MessageFormat.Json(), record(payload), columns);
  }
}
