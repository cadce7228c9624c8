package dev.millrace.decode;

import dev.millrace.decode.json.NumberLiteral;
import dev.millrace.table.Column;
import dev.millrace.table.ColumnType;

/**
 * Turns one field's values into one column's. There is a method for each thing that a format knows
 * a value to be; what a type cannot be made from is invalid. Nothing is changed silently: a value
 * goes into the column whole or not at all, except that times are cut to the column's precision.
 */
abstract class FieldDecoder {
  private final Column column;
  private final int index;

  /**
   * @param index the column's among those wanted
   */
  FieldDecoder(Column column, int index) {
    this.column = column;
    this.index = index;
  }

  final int index() {
    return index;
  }

  final ColumnType type() {
    return column.type();
  }

  /** Text, in valid UTF-8. */
  abstract void text(byte[] utf8, int offset, int length, PendingRow row);

  abstract void number(NumberLiteral number, PendingRow row);

  void bool(boolean value, PendingRow row) {
    invalid(row, value + " is not " + expected());
  }

  /** An object or an array, as the JSON text it is, in valid UTF-8. */
  void nested(byte[] json, int offset, int length, PendingRow row) {
    invalid(row, (json[offset] == '{' ? "an object" : "an array") + " is not " + expected());
  }

  final void setNull(PendingRow row) {
    row.sink().setNull(index);
  }

  /** Takes back what the row has for the column so far. */
  final void clear(PendingRow row) {
    row.forget(index);
    row.sink().setNull(index);
  }

  final void notUtf8(PendingRow row) {
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
