package dev.millrace.decode.field;

import dev.millrace.decode.json.NumberLiteral;
import dev.millrace.decode.row.PendingRow;
import dev.millrace.table.Column;
import dev.millrace.table.ColumnType;

/**
 * Turns one field's values into one column's. There is a method for each thing that a format knows
 * a value to be; what a type cannot be made from is invalid. Nothing is changed silently: a value
 * goes into the column whole or not at all, except that times are cut to the column's precision.
 */
public abstract class FieldDecoder {
  private final Column column;
  private final int index;

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

  final void invalid(PendingRow row, String detail) {
    row.invalid(index, "column " + column.name() + " (" + column.type() + "): " + detail);
  }

  final void notExpected(byte[] bytes, int offset, int length, PendingRow row) {
    invalid(row, Excerpt.of(bytes, offset, length) + " is not " + expected());
  }

  /** What the column takes, as the end of "X is not …". */
  abstract String expected();
}
