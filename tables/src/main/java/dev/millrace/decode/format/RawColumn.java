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
import dev.millrace.table.mapping.TimeFormat;
import java.nio.ByteBuffer;

/** One column of a raw message. */
final class RawColumn {
  private static final long MILLIS_PER_DAY = 86_400_000;
  private static final long FIRST_MILLI = -62_135_596_800_000L;
  private static final long LAST_MILLI = 253_402_300_799_999L;

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
    if (TimeFormat.isTemporal(type)) {
      time(type, value, row);
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

  /** As the old connectors held them: days for a date, else milliseconds. */
  private void time(ColumnType type, long value, PendingRow row) {
    if (type instanceof ColumnType.Time time) {
      if (value < 0 || value >= MILLIS_PER_DAY) {
        invalid(value + " is out of range; allowed: 0 to " + (MILLIS_PER_DAY - 1), row);
      } else {
        row.sink().setTime(index, cut(value, time.precision()) * 1_000_000);
      }
      return;
    }
    long unit = type == Plain.DATE ? MILLIS_PER_DAY : 1;
    if (value < FIRST_MILLI / unit || value > LAST_MILLI / unit) {
      invalid(value + " is out of range; allowed: years 1 to 9999", row);
    } else if (type == Plain.DATE) {
      row.sink().setDate(index, value);
    } else {
      row.sink().setTimestamp(index, cut(value, precision(type)) * 1_000, 0);
    }
  }

  private static int precision(ColumnType type) {
    if (type instanceof ColumnType.Timestamp timestamp) {
      return timestamp.precision();
    } else if (type instanceof ColumnType.TimestampWithTimeZone timestamp) {
      return timestamp.precision();
    }
    throw new AssertionError(type);
  }

  /** Milliseconds without what is finer than the precision, towards the past. */
  private static long cut(long millis, int precision) {
    long unit = precision == 0 ? 1_000 : precision == 1 ? 100 : precision == 2 ? 10 : 1;
    return Math.floorDiv(millis, unit) * unit;
  }

  private void invalid(String detail, PendingRow row) {
    row.invalid(index, "column " + column.name() + " (" + column.type() + "): " + detail);
  }
}
