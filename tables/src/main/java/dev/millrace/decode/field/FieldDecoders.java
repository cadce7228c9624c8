package dev.millrace.decode.field;

import dev.millrace.decode.time.TimeParser;
import dev.millrace.table.Column;
import dev.millrace.table.ColumnType;
import dev.millrace.table.ColumnType.BoundedVarchar;
import dev.millrace.table.ColumnType.Decimal;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.ColumnType.Time;
import dev.millrace.table.ColumnType.Timestamp;
import dev.millrace.table.ColumnType.TimestampWithTimeZone;
import dev.millrace.table.mapping.TimeFormat;
import java.util.Optional;

/** The decoder for each column type, in formats whose values are text, numbers and booleans. */
public final class FieldDecoders {
  private FieldDecoders() {}

  public static FieldDecoder of(Column column, int index) {
    FieldDecoder scalar = ofType(column, index);
    Optional<TimeFormat> format =
        TimeFormat.isTemporal(column.type()) ? Optional.empty() : TimeFormat.of(column);
    if (format.isEmpty()) {
      return scalar;
    }
    return scalar instanceof IntegerDecoder whole
        ? new EpochMillisDecoder(column, index, format.get(), whole)
        : new EpochTextDecoder(column, index, format.get(), scalar);
  }

  private static FieldDecoder ofType(Column column, int index) {
    ColumnType type = column.type();
    if (type instanceof Plain plain) {
      return plain(plain, column, index);
    }
    if (type instanceof BoundedVarchar text) {
      return new TextDecoder(column, index, text.length());
    }
    if (type instanceof Decimal decimal) {
      return new DecimalDecoder(column, index, decimal);
    }
    if (type instanceof Time time) {
      return new TemporalDecoder.OfTime(column, index, timeParser(column), time.precision());
    }
    if (type instanceof Timestamp timestamp) {
      return new TemporalDecoder.OfTimestamp(
          column, index, timeParser(column), timestamp.precision());
    }
    if (type instanceof TimestampWithTimeZone timestamp) {
      return new TemporalDecoder.OfTimestamp(
          column, index, timeParser(column), timestamp.precision());
    }
    if (type.isNested()) {
      return new NestedDecoder(column, index);
    }
    throw new AssertionError(type);
  }

  private static FieldDecoder plain(Plain type, Column column, int index) {
    return switch (type) {
      case BOOLEAN -> new BooleanDecoder(column, index);
      case TINYINT -> new IntegerDecoder(column, index, Byte.MIN_VALUE, Byte.MAX_VALUE);
      case SMALLINT -> new IntegerDecoder(column, index, Short.MIN_VALUE, Short.MAX_VALUE);
      case INTEGER -> new IntegerDecoder(column, index, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case BIGINT -> new IntegerDecoder(column, index, Long.MIN_VALUE, Long.MAX_VALUE);
      case REAL -> FloatingDecoder.ofReal(column, index);
      case DOUBLE -> FloatingDecoder.ofDouble(column, index);
      case VARCHAR -> new TextDecoder(column, index, Integer.MAX_VALUE);
      case VARBINARY -> new BinaryDecoder(column, index);
      case DATE -> new TemporalDecoder.OfDate(column, index, timeParser(column));
      case UUID -> new UuidDecoder(column, index);
      case JSON -> new JsonSourceDecoder(column, index);
    };
  }

  private static TimeParser timeParser(Column column) {
    return TimeParser.of(TimeFormat.of(column).orElseThrow());
  }
}
