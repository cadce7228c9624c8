package dev.millrace.decode.format;

import dev.millrace.decode.field.Excerpt;
import dev.millrace.decode.field.Utf8;
import dev.millrace.decode.row.PendingRow;
import dev.millrace.table.Column;
import dev.millrace.table.ColumnType;
import dev.millrace.table.ColumnType.BoundedVarchar;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.mapping.RawFormat;
import dev.millrace.table.mapping.RawSlice;
import java.nio.ByteBuffer;

/** One column of a raw message. */
final class RawColumn {
  private final Column column;
  private final int index;
  private final RawSlice slice;

  RawColumn(Column column, int index) {
    this.column = column;
    this.index = index;
    this.slice = RawSlice.of(column);
  }

  void decode(byte[] buffer, int offset, int length, PendingRow row) {
    boolean text = column.type() == Plain.VARCHAR || column.type() instanceof BoundedVarchar;
    boolean binary = column.type() == Plain.VARBINARY;
    int end = slice.end().orElse(text || binary ? length : slice.start() + slice.format().width());
    if (slice.start() > length || end > length) {
      invalid(
          "bytes %d to %d are wanted, the message has %d"
              .formatted(slice.start(), Math.max(slice.start(), end), length),
          row);
    } else if (text) {
      text(buffer, offset + slice.start(), end - slice.start(), row);
    } else if (binary) {
      row.sink().setBytes(index, buffer, offset + slice.start(), end - slice.start());
    } else {
      number(ByteBuffer.wrap(buffer, offset + slice.start(), end - slice.start()), row);
    }
  }

  private void text(byte[] buffer, int offset, int length, PendingRow row) {
    if (!Utf8.isValid(buffer, offset, offset + length)) {
      invalid("the text is not valid UTF-8", row);
      return;
    }
    int characters = Utf8.countCodePoints(buffer, offset, offset + length);
    if (column.type() instanceof BoundedVarchar bounded && characters > bounded.length()) {
      invalid(
          "%s has %d characters; allowed: %d"
              .formatted(Excerpt.of(buffer, offset, length), characters, bounded.length()),
          row);
      return;
    }
    row.sink().setText(index, buffer, offset, length);
  }

  private void number(ByteBuffer bytes, PendingRow row) {
    RawFormat format = slice.format();
    switch (format) {
      case FLOAT -> row.sink().setDouble(index, bytes.getFloat());
      case DOUBLE -> row.sink().setDouble(index, bytes.getDouble());
      case BYTE -> whole(bytes.get(), row);
      case SHORT -> whole(bytes.getShort(), row);
      case INT -> whole(bytes.getInt(), row);
      case LONG -> whole(bytes.getLong(), row);
    }
  }

  private void whole(long value, PendingRow row) {
    ColumnType type = column.type();
    if (type == Plain.BOOLEAN) {
      row.sink().setBoolean(index, value != 0);
      return;
    }
    int bits =
        type == Plain.TINYINT ? 8 : type == Plain.SMALLINT ? 16 : type == Plain.INTEGER ? 32 : 64;
    long max = Long.MAX_VALUE >> (64 - bits);
    if (value > max || value < -max - 1) {
      invalid(value + " is out of range; allowed: " + (-max - 1) + " to " + max, row);
    } else {
      row.sink().setLong(index, value);
    }
  }

  private void invalid(String detail, PendingRow row) {
    row.invalid(index, "column " + column.name() + " (" + column.type() + "): " + detail);
  }
}
