package dev.millrace.decode;

import dev.millrace.decode.json.NumberLiteral;
import dev.millrace.table.Column;
import dev.millrace.table.ColumnType.Decimal;
import java.math.BigDecimal;

/** DECIMAL: every digit fits, or the value is invalid. */
final class DecimalDecoder extends NumericDecoder {
  private final Decimal type;

  DecimalDecoder(Column column, int index, Decimal type) {
    super(column, index);
    this.type = type;
  }

  @Override
  void value(NumberLiteral number, PendingRow row) {
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
