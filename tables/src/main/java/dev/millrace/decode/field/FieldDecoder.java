package dev.millrace.decode.field;

import dev.millrace.decode.json.NumberLiteral;
import dev.millrace.decode.row.PendingRow;
import dev.millrace.table.Column;
import dev.millrace.table.ColumnType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.Base64;

/**
 * Turns one field's values into one column's. There is a method for each thing that a format knows
 * a value to be; what a type cannot be made from is invalid. Nothing is changed silently: a value
 * goes into the column whole or not at all, except that times are cut to the column's precision.
 */
public abstract class FieldDecoder {
  /** Numbers of more bits have more digits than are read. */
  private static final int MAX_DECIMAL_BITS = (int) (NumericDecoder.MAX_LITERAL * 3.3);

  private final Column column;
  private final int index;
  private final NumberLiteral written = new NumberLiteral();

  /**
   * @param index the column's among those wanted
   */
  FieldDecoder(Column column, int index) {
    this.column = column;
    this.index = index;
  }

  public final int index() {
    return index;
  }

  public final ColumnType type() {
    return column.type();
  }

  /** Text, in valid UTF-8. */
  public abstract void text(byte[] utf8, int offset, int length, PendingRow row);

  public abstract void number(NumberLiteral number, PendingRow row);

  public void bool(boolean value, PendingRow row) {
    invalid(row, value + " is not " + expected());
  }

  /** A whole number that a format holds as one; it counts as the number written in JSON. */
  public void whole(long value, PendingRow row) {
    written(Long.toString(value), row);
  }

  /** A number of double precision; it counts as its shortest text in JSON. */
  public void fraction(double value, PendingRow row) {
    if (Double.isFinite(value)) {
      written(Double.toString(value), row);
    } else {
      ascii(Double.toString(value), row);
    }
  }

  /** A number of single precision; it counts as its shortest text in JSON. */
  public void single(float value, PendingRow row) {
    if (Float.isFinite(value)) {
      written(Float.toString(value), row);
    } else {
      ascii(Float.toString(value), row);
    }
  }

  /** A number with all its digits. */
  public void decimal(BigDecimal value, PendingRow row) {
    if (value.unscaledValue().bitLength() > MAX_DECIMAL_BITS) {
      invalid(row, "a number of more than " + NumericDecoder.MAX_LITERAL + " digits");
    } else {
      written(value.toString(), row);
    }
  }

  /** Bytes; where no bytes are wanted they are the base64 text that JSON has for them. */
  public void bytes(byte[] bytes, int offset, int length, PendingRow row) {
    byte[] text = Base64.getEncoder().encode(Arrays.copyOfRange(bytes, offset, offset + length));
    text(text, 0, text.length, row);
  }

  /** An instant; where no time is wanted it is its text of ISO 8601. */
  public void instant(long epochSecond, int nanos, PendingRow row) {
    try {
      ascii(Instant.ofEpochSecond(epochSecond, nanos).toString(), row);
    } catch (DateTimeException e) {
      invalid(row, epochSecond + " seconds since the epoch are out of range");
    }
  }

  /** A day; where no time is wanted it is its text of ISO 8601. */
  public void date(int epochDay, PendingRow row) {
    ascii(LocalDate.ofEpochDay(epochDay).toString(), row);
  }

  /** A time of day; where no time is wanted it is its text of ISO 8601. */
  public void timeOfDay(long nanos, PendingRow row) {
    try {
      ascii(LocalTime.ofNanoOfDay(nanos).toString(), row);
    } catch (DateTimeException e) {
      invalid(row, nanos + " nanoseconds are no time of day");
    }
  }

  /** Text in ASCII. */
  public final void ascii(String text, PendingRow row) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    text(bytes, 0, bytes.length, row);
  }

  /** A number, from its text in JSON. */
  public final void written(String json, PendingRow row) {
    byte[] bytes = json.getBytes(StandardCharsets.US_ASCII);
    if (written.read(bytes, 0, bytes.length) != bytes.length) {
      throw new AssertionError(json);
    }
    number(written, row);
  }

  /** An object or an array, as the JSON text it is, in valid UTF-8. */
  public void nested(byte[] json, int offset, int length, PendingRow row) {
    invalid(row, (json[offset] == '{' ? "an object" : "an array") + " is not " + expected());
  }

  public final void setNull(PendingRow row) {
    row.sink().setNull(index);
  }

  /** Takes back what the row has for the column so far. */
  public final void clear(PendingRow row) {
    row.forget(index);
    row.sink().setNull(index);
  }

  public final void notUtf8(PendingRow row) {
    invalid(row, "the text is not valid UTF-8");
  }

  public final void notJson(byte[] text, int offset, int length, PendingRow row) {
    invalid(row, Excerpt.of(text, offset, length) + " is not JSON");
  }

  final void invalid(PendingRow row, String detail) {
    row.invalid(index, "column " + column.name() + " (" + column.type() + ")", detail);
  }

  final void notExpected(byte[] bytes, int offset, int length, PendingRow row) {
    invalid(row, Excerpt.of(bytes, offset, length) + " is not " + expected());
  }

  /** What the column takes, as the end of "X is not …". */
  abstract String expected();
}
