package dev.millrace.decode.field;

import dev.millrace.decode.json.NumberLiteral;
import dev.millrace.decode.row.PendingRow;
import dev.millrace.table.Column;
import java.math.BigDecimal;

/** TINYINT, SMALLINT, INTEGER, BIGINT: 1.0 and 1e3 are whole, 1.5 is not. */
final class IntegerDecoder extends NumericDecoder {
  private final long min;
  private final long max;

  IntegerDecoder(Column column, int index, long min, long max) {
    super(column, index);
    this.min = min;
    this.max = max;
  }

  @Override
  public void whole(long value, PendingRow row) {
    if (value < min || value > max) {
      super.whole(value, row);
    } else {
      row.sink().setLong(index(), value);
    }
  }

  @Override
  void value(NumberLiteral number, PendingRow row) {
    if (number.isWhole() && number.isExact()) {
      set(number.isNegative() ? -number.digits() : number.digits(), number, row);
    } else {
      written(number, row);
    }
  }

  private void set(long value, NumberLiteral number, PendingRow row) {
    if (value < min || value > max) {
      outOfRange(number, min + " to " + max, row);
    } else {
      row.sink().setLong(index(), value);
    }
  }

  /** A value that the message does not have as a number. */
  void derived(long value, PendingRow row) {
    if (value < min || value > max) {
      invalid(row, value + " is out of range; allowed: " + min + " to " + max);
    } else {
      row.sink().setLong(index(), value);
    }
  }

  private void written(NumberLiteral number, PendingRow row) {
    BigDecimal value;
    try {
      value = number.toBigDecimal().stripTrailingZeros();
    } catch (ArithmeticException e) {
      outOfRange(number, min + " to " + max, row);
      return;
    }
    if (value.scale() > 0) {
      invalid(row, shown(number) + " is not whole");
    } else if ((long) value.precision() - value.scale() > 19) {
      outOfRange(number, min + " to " + max, row);
    } else {
      setLarge(value, number, row);
    }
  }

  /** A value of at most 19 digits, which may still be one too large for a long. */
  private void setLarge(BigDecimal value, NumberLiteral number, PendingRow row) {
    if (value.toBigInteger().bitLength() > 63) {
      outOfRange(number, min + " to " + max, row);
    } else {
      set(value.longValue(), number, row);
    }
  }

  @Override
  String expected() {
    return "a whole number";
  }
}
