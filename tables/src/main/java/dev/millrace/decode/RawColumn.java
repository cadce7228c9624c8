package dev.millrace.decode;

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

  void decode(byte[] buffer, int offset, int length, RowSink sink) {
    boolean text = column.type() == Plain.VARCHAR || column.type() instanceof BoundedVarchar;
    boolean binary = column.type() == Plain.VARBINARY;
    int end = slice.end().orElse(text || binary ? length : slice.start() + slice.format().width());
    if (slice.start() > length || end > length) {
      invalid(
          "bytes %d to %d are wanted, the message has %d"
              .formatted(slice.start(), Math.max(slice.start(), end), length),
          sink);
    } else if (text) {
      text(buffer, offset + slice.start(), end - slice.start(), sink);
    } else if (binary) {
      sink.setBytes(index, buffer, offset + slice.start(), end - slice.start());
    } else {
      number(ByteBuffer.wrap(buffer, offset + slice.start(), end - slice.start()), sink);
    }
  }

  private void text(byte[] buffer, int offset, int length, RowSink sink) {
    if (!Utf8.isValid(buffer, offset, offset + length)) {
      invalid("the text is not valid UTF-8", sink);
      return;
    }
    int characters = Utf8.countCodePoints(buffer, offset, offset + length);
    if (column.type() instanceof BoundedVarchar bounded && characters > bounded.length()) {
      invalid(
          "%s has %d characters; allowed: %d"
              .formatted(Excerpt.of(buffer, offset, length), characters, bounded.length()),
          sink);
      return;
    }
    sink.setText(index, buffer, offset, length);
  }

  private void number(ByteBuffer bytes, RowSink sink) {
    RawFormat format = slice.format();
    switch (format) {
      case FLOAT -> sink.setDouble(index, bytes.getFloat());
      case DOUBLE -> sink.setDouble(index, bytes.getDouble());
      case BYTE -> whole(bytes.get(), sink);
      case SHORT -> whole(bytes.getShort(), sink);
      case INT -> whole(bytes.getInt(), sink);
      case LONG -> whole(bytes.getLong(), sink);
    }
  }

  private void whole(long value, RowSink sink) {
    ColumnType type = column.type();
    if (type == Plain.BOOLEAN) {
      sink.setBoolean(index, value != 0);
      return;
    }
    int bits =
        type == Plain.TINYINT ? 8 : type == Plain.SMALLINT ? 16 : type == Plain.INTEGER ? 32 : 64;
    long max = Long.MAX_VALUE >> (64 - bits);
    if (value > max || value < -max - 1) {
      invalid(value + " is out of range; allowed: " + (-max - 1) + " to " + max, sink);
    } else {
      sink.setLong(index, value);
    }
  }

  private void invalid(String detail, RowSink sink) {
    sink.invalid(index, "column " + column.name() + " (" + column.type() + "): " + detail);
  }
}
