package dev.millrace.decode.field;

import dev.millrace.decode.json.NumberLiteral;
import dev.millrace.decode.row.PendingRow;
import dev.millrace.table.Column;
import dev.millrace.table.ColumnType.Decimal;
import java.math.BigDecimal;

/** DECIMAL: every digit fits, or the value is invalid. */
final class DecimalDecoder extends NumericDecoder {
  private static final long[] POWERS = powers();

  private final Decimal type;

  /** By the zeros a number lacks to the column's scale: the largest digits that still fit. */
  private final long[] scaled = new long[POWERS.length];

  DecimalDecoder(Column column, int index, Decimal type) {
    super(column, index);
    this.type = type;
    long most = type.precision() >= POWERS.length ? Long.MAX_VALUE : POWERS[type.precision()] - 1;
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = most / POWERS[i];
    }
  }

  private static long[] powers() {
    long[] powers = new long[19];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = powers[i - 1] * 10;
    }
    return powers;
  }

  @Override
  public void decimal(BigDecimal value, PendingRow row) {
    long missing = (long) type.scale() - value.scale();
    if (missing >= 0 && value.scale() >= 0 && value.precision() + missing <= type.precision()) {
      row.sink().setDecimal(index(), value.setScale(type.scale()));
    } else {
      super.decimal(value, row);
    }
  }

  @Override
  void value(NumberLiteral number, PendingRow row) {
    int missing = type.scale() + number.exponent();
    if (number.isExact()
        && missing >= 0
        && missing <= scaled.length - 1
        && number.digits() <= scaled[missing]) {
      long unscaled = number.digits() * POWERS[missing];
      row.sink()
          .setDecimal(
              index(),
              BigDecimal.valueOf(number.isNegative() ? -unscaled : unscaled, type.scale()));
    } else {
      written(number, row);
    }
  }

  private void written(NumberLiteral number, PendingRow row) {
    BigDecimal value;
    try {
      value = number.toBigDecimal().stripTrailingZeros();
    } catch (ArithmeticException e) {
      outOfRange(number, range(), row);
      return;
    }
    if (value.signum() == 0) {
      row.sink().setDecimal(index(), BigDecimal.ZERO.setScale(type.scale()));
    } else if (value.scale() > type.scale()) {
      invalid(row, shown(number) + " has more than " + type.scale() + " decimals");
    } else if ((long) value.precision() - value.scale() > type.precision() - type.scale()) {
      outOfRange(number, range(), row);
    } else {
      row.sink().setDecimal(index(), value.setScale(type.scale()));
    }
  }

  private String range() {
    return type.precision() - type.scale() + " digits before the point";
  }

  @Override
  String expected() {
    return "a number";
  }
}
