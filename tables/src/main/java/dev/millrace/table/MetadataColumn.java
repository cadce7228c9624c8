package dev.millrace.table;

import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.ColumnType.Timestamp;
import dev.millrace.table.ColumnType.TimestampWithTimeZone;
import java.util.Locale;
import java.util.Optional;

/**
 * Columns every table has beside its payload. They appear only when named, and a payload column of
 * the same name wins. "The message" is the user record's data after decompression, or as it was
 * received where it could not be decompressed.
 */
public enum MetadataColumn {
  SHARD_ID(Plain.VARCHAR, "the shard the record was read from"),
  SEQUENCE_NUMBER(Plain.VARCHAR, "the record's sequence number in its shard"),
  /** The old connectors' name for {@link #SEQUENCE_NUMBER}. */
  SHARD_SEQUENCE_ID(Plain.VARCHAR, "old name of _sequence_number"),
  SUBSEQUENCE_NUMBER(Plain.BIGINT, "the user record's index inside a KPL aggregate, else 0"),
  TIMESTAMP(new TimestampWithTimeZone(3), "the approximate arrival time"),
  MESSAGE_TIMESTAMP(new Timestamp(3), "the approximate arrival time, in UTC, without a zone"),
  PARTITION_KEY(Plain.VARCHAR, "the record's partition key, NULL where it has none"),
  MESSAGE(Plain.VARCHAR, "the message as text; invalid UTF-8 is replaced"),
  MESSAGE_BYTES(Plain.VARBINARY, "the message, exact"),
  ROW(Plain.BIGINT, "the row's number within its user record, from 0"),
  MESSAGE_LENGTH(Plain.BIGINT, "the message's length in bytes"),
  MESSAGE_VALID(Plain.BOOLEAN, "true where every wanted value could be decoded"),
  ERROR(Plain.VARCHAR, "what could not be decoded, and where"),
  SEGMENT_START(Plain.VARCHAR, "the first sequence number read from the row's shard"),
  SEGMENT_END(Plain.VARCHAR, "the last sequence number read from the row's shard"),
  SEGMENT_COUNT(Plain.BIGINT, "the row's number within its shard, from 0");

  private final ColumnType type;
  private final String comment;

  MetadataColumn(ColumnType type, String comment) {
    this.type = type;
    this.comment = comment;
  }

  /** The name in SQL, such as {@code _shard_id}. */
  public String columnName() {
    return "_" + name().toLowerCase(Locale.ROOT);
  }

  public ColumnType type() {
    return type;
  }

  public String comment() {
    return comment;
  }

  /** All of them as a Markdown table. */
  static String markdown() {
    StringBuilder table = new StringBuilder("| column | type | what it is |\n|---|---|---|\n");
    for (MetadataColumn column : values()) {
      table.append(
          "| `%s` | `%s` | %s |\n".formatted(column.columnName(), column.type, column.comment));
    }
    return table.toString();
  }

  /** Finds by name in SQL, without regard to case. */
  public static Optional<MetadataColumn> find(String name) {
    for (MetadataColumn column : values()) {
      if (column.columnName().equalsIgnoreCase(name)) {
        return Optional.of(column);
      }
    }
    return Optional.empty();
  }
}
