package dev.millrace.decode.field;

import dev.millrace.decode.json.NumberLiteral;
import dev.millrace.decode.row.PendingRow;
import dev.millrace.table.Column;

/**
 * A column of numbers. Text that is a number, written as JSON writes one, counts as that number.
 */
abstract class NumericDecoder extends FieldDecoder {
  /** What a longer number costs to convert would be an attacker's to choose. */
  static final int MAX_LITERAL = 1_000;

  private final NumberLiteral fromText = new NumberLiteral();

  NumericDecoder(Column column, int index) {
    super(column, index);
  }

  @Override
  public void text(byte[] utf8, int offset, int length, PendingRow row) {
    int end = offset + length;
    if (length > 0 && fromText.read(utf8, offset, end) == end) {
      number(fromText, row);
    } else {
      notExpected(utf8, offset, length, row);
    }
  }

  @Override
  public final void number(NumberLiteral number, PendingRow row) {
    if (number.length() > MAX_LITERAL) {
      invalid(
          row,
          "a number of " + number.length() + " characters; at most " + MAX_LITERAL + " are read");
    } else {
      value(number, row);
    }
  }

  abstract void value(NumberLiteral number, PendingRow row);

  final void outOfRange(NumberLiteral number, String range, PendingRow row) {
    invalid(row, shown(number) + " is out of range; allowed: " + range);
  }

  static String shown(NumberLiteral number) {
    return Excerpt.of(number.buffer(), number.start(), number.length());
  }
}
