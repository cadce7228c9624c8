package dev.millrace.connector.split;

import dev.millrace.connector.page.ColumnBuilder;
import dev.millrace.connector.page.ColumnVector;
import dev.millrace.decode.MessageReader;
import dev.millrace.decode.field.Utf8;
import dev.millrace.stream.UserRecord;
import dev.millrace.table.MetadataColumn;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The metadata columns of records, which all rows of a record share: each record's values are
 * written once. {@code ids} is the record of each row of the page.
 */
final class RecordColumns {
  private final MessageReader messages;
  private final Map<MetadataColumn, ColumnBuilder> builders = new LinkedHashMap<>();
  private int[] ids = new int[PageMaker.FULL_ROWS];
  private int records;
  private int rows;
  private @Nullable UserRecord last;

  RecordColumns(MessageReader messages) {
    this.messages = messages;
  }

  static boolean contains(MetadataColumn column) {
    return switch (column) {
      case SEQUENCE_NUMBER,
          SHARD_SEQUENCE_ID,
          SUBSEQUENCE_NUMBER,
          TIMESTAMP,
          MESSAGE_TIMESTAMP,
          PARTITION_KEY,
          MESSAGE,
          MESSAGE_BYTES,
          MESSAGE_LENGTH ->
          true;
      default -> false;
    };
  }

  void want(MetadataColumn column) {
    builders.computeIfAbsent(column, wanted -> ColumnBuilder.of(wanted.type()));
  }

  /** Another row of a record. */
  @SuppressWarnings("ReferenceEquality") // Rows of one record come with the same object.
  void addRow(UserRecord record) {
    if (builders.isEmpty()) {
      return;
    }
    if (record != last) {
      builders.forEach((column, builder) -> set(column, builder, record));
      records++;
      last = record;
    }
    if (rows == ids.length) {
      ids = Arrays.copyOf(ids, 2 * rows);
    }
    ids[rows++] = records - 1;
  }

  private void set(MetadataColumn column, ColumnBuilder builder, UserRecord record) {
    int at = records;
    switch (column) {
      case SEQUENCE_NUMBER, SHARD_SEQUENCE_ID -> builder.setAscii(at, record.sequence().digits());
      case SUBSEQUENCE_NUMBER -> builder.setLong(at, record.subsequence());
      case TIMESTAMP, MESSAGE_TIMESTAMP ->
          builder.setTimestamp(at, Math.multiplyExact(record.arrivalMillis(), 1_000L), 0);
      case PARTITION_KEY -> setKey(builder, at, record.partitionKey());
      case MESSAGE -> setText(builder, at, record);
      case MESSAGE_BYTES -> {
        messages.read(record);
        builder.setBytes(at, messages.buffer(), messages.offset(), messages.length());
      }
      case MESSAGE_LENGTH -> {
        messages.read(record);
        builder.setLong(at, messages.length());
      }
      default -> throw new AssertionError(column);
    }
  }

  private static void setKey(ColumnBuilder builder, int at, @Nullable String key) {
    if (key == null) {
      builder.setNull(at);
    } else {
      byte[] utf8 = key.getBytes(StandardCharsets.UTF_8);
      builder.setBytes(at, utf8, 0, utf8.length);
    }
  }

  private void setText(ColumnBuilder builder, int at, UserRecord record) {
    messages.read(record);
    byte[] buffer = messages.buffer();
    int offset = messages.offset();
    int length = messages.length();
    if (Utf8.isValid(buffer, offset, offset + length)) {
      builder.setBytes(at, buffer, offset, length);
    } else {
      byte[] replaced =
          new String(buffer, offset, length, StandardCharsets.UTF_8)
              .getBytes(StandardCharsets.UTF_8);
      builder.setBytes(at, replaced, 0, replaced.length);
    }
  }

  /** The vectors of a page, by column; the next page starts anew. */
  Map<MetadataColumn, ColumnVector> build() {
    Map<MetadataColumn, ColumnVector> vectors = new LinkedHashMap<>();
    int[] shared = records == rows ? new int[0] : Arrays.copyOf(ids, rows);
    builders.forEach(
        (column, builder) -> {
          ColumnVector values = builder.build(records);
          vectors.put(
              column, shared.length == 0 ? values : new ColumnVector.Indexed(shared, values));
        });
    records = 0;
    rows = 0;
    last = null;
    return vectors;
  }

  long bytes() {
    long bytes = 0;
    for (ColumnBuilder builder : builders.values()) {
      bytes += builder.bytes();
    }
    return bytes;
  }
}
