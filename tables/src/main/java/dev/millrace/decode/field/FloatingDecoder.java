package dev.millrace.decode.field;

import dev.millrace.decode.json.NumberLiteral;
import dev.millrace.decode.row.PendingRow;
import dev.millrace.table.Column;
import java.nio.charset.StandardCharsets;

/**
 * REAL, DOUBLE: the nearest value there is. JSON has no other way to write them, so the texts NaN,
 * Infinity and -Infinity are taken.
 */
final class FloatingDecoder extends NumericDecoder {
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private final boolean single;

  private FloatingDecoder(Column column, int index, boolean single) {
    super(column, index);
    this.single = single;
  }

  static FloatingDecoder ofReal(Column column, int index) {
    return new FloatingDecoder(column, index, true);
  }

  static FloatingDecoder ofDouble(Column column, int index) {
    return new FloatingDecoder(column, index, false);
  }

  @Override
  public void text(byte[] utf8, int offset, int length, PendingRow row) {
    if (length >= 3 && length <= 9 && utf8[offset + length - 1] >= 'N') {
      switch (new String(utf8, offset, length, StandardCharsets.UTF_8)) {
        case "NaN" -> row.sink().setDouble(index(), Double.NaN);
        case "Infinity" -> row.sink().setDouble(index(), Double.POSITIVE_INFINITY);
        case "-Infinity" -> row.sink().setDouble(index(), Double.NEGATIVE_INFINITY);
        default -> super.text(utf8, offset, length, row);
      }
    } else {
      super.text(utf8, offset, length, row);
    }
  }

  @Override
  public void whole(long value, PendingRow row) {
    row.sink().setDouble(index(), single ? (float) value : (double) value);
  }

  @Override
  public void fraction(double value, PendingRow row) {
    double kept = single ? (float) value : value;
    boolean lost = Double.isInfinite(kept) != Double.isInfinite(value) || (kept == 0 && value != 0);
    if (lost) {
      super.fraction(value, row);
    } else {
      row.sink().setDouble(index(), kept);
    }
  }

  @Override
  public void single(float value, PendingRow row) {
    row.sink().setDouble(index(), value);
  }

  @Override
  void value(NumberLiteral number, PendingRow row) {
    double value = single ? Float.parseFloat(number.toString()) : toDouble(number);
    boolean lost = value == 0 && (!number.isExact() || number.digits() != 0) && hasDigit(number);
    if (Double.isInfinite(value) || lost) {
      outOfRange(number, single ? "±1.4E-45 to ±3.4E38" : "±4.9E-324 to ±1.8E308", row);
    } else {
      row.sink().setDouble(index(), value);
    }
  }

  /** Where digits and power of ten are doubles themselves, one rounding gives the nearest. */
  private static double toDouble(NumberLiteral number) {
    int exponent = number.exponent();
    if (number.isExact()
        && number.digits() <= 1L << 53
        && Math.abs((long) exponent) < POWERS.length) {
      double digits = number.isNegative() ? -(double) number.digits() : number.digits();
      return exponent < 0 ? digits / POWERS[-exponent] : digits * POWERS[exponent];
    }
    return Double.parseDouble(number.toString());
  }

  /** Whether the number, before its exponent, is other than zero. */
  private static boolean hasDigit(NumberLiteral number) {
    for (int i = 0; i < number.length(); i++) {
      byte b = number.buffer()[number.start() + i];
      if (b >= '1' && b <= '9') {
        return true;
      }
      if ((b | 0x20) == 'e') {
        return false;
      }
    }
    return false;
  }

  @Override
  String expected() {
    return "a number";
  }
}
