package dev.millrace.decode;

import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamRef;
import dev.millrace.stream.UserRecord;
import dev.millrace.table.Column;
import dev.millrace.table.ColumnType;
import dev.millrace.table.Compression;
import dev.millrace.table.TableDefinition;
import dev.millrace.table.TableName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Records, columns and definitions in one line. */
final class TestRecords {
  private TestRecords() {}

  /** A record whose payload has other bytes of its batch around it. */
  static UserRecord record(byte[] payload) {
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

  static UserRecord record(String payload) {
    return record(payload.getBytes(StandardCharsets.UTF_8));
  }

  static Column column(String name, ColumnType type) {
    return new Column(
        name, type, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);
  }

  static Column mapped(String name, ColumnType type, String mapping) {
    return new Column(
        name,
        type,
        Optional.of(mapping),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  static Column formatted(String name, ColumnType type, String mapping, String dataFormat) {
    return new Column(
        name,
        type,
        Optional.of(mapping),
        Optional.of(dataFormat),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  static TableDefinition table(String dataFormat, Compression compression, List<Column> columns) {
    return new TableDefinition(
        new TableName("default", "t"),
        StreamRef.parse("s"),
        dataFormat,
        compression,
        columns,
        "t.json");
  }

  /** The rows of one uncompressed record. */
  static RecordedRows decode(String dataFormat, UserRecord record, Column... columns) {
    List<Column> wanted = List.of(columns);
    RecordedRows rows = new RecordedRows(wanted.size());
    RowDecoders.compile(table(dataFormat, Compression.UNCOMPRESSED, wanted), wanted)
        .decode(record, rows);
    return rows;
  }

  static RecordedRows json(String payload, Column... columns) {
    return decode("json", record(payload), columns);
  }
}
