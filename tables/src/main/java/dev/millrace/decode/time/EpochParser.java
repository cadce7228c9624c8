package dev.millrace.decode.time;

import dev.millrace.decode.json.NumberLiteral;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Reads a number of a unit of time since the epoch, with the fraction it has. */
final class EpochParser implements TimeParser {
  private static final int MAX_LENGTH = 100;

  /** More digits than this are beyond any year that is allowed. */
  private static final int MAX_INTEGER_DIGITS = 17;

  private static final int NANO_DIGITS = 9;

  private final NumberLiteral number = new NumberLiteral();
  private final int unitsPerSecond;
  private final int unitDigits;

  private final String unit;

  private EpochParser(int unitsPerSecond, int unitDigits, String unit) {
    this.unitsPerSecond = unitsPerSecond;
    this.unitDigits = unitDigits;
    this.unit = unit;
  }

  static EpochParser ofSeconds() {
    return new EpochParser(1, 0, "seconds");
  }

  static EpochParser ofMillis() {
    return new EpochParser(1_000, 3, "milliseconds");
  }

  static EpochParser ofMicros() {
    return new EpochParser(1_000_000, 6, "microseconds");
  }

  static EpochParser ofNanos() {
    return new EpochParser(1_000_000_000, 9, "nanoseconds");
  }

  @Override
  public boolean readsNumbers() {
    return true;
  }

  @Override
  public boolean parse(byte[] text, int offset, int length, Moment into) {
    int end = offset + length;
    if (length == 0 || length > MAX_LENGTH || number.read(text, offset, end) != end) {
      return false;
    }
    if (number.isWhole() && number.isExact()) {
      long units = number.isNegative() ? -number.digits() : number.digits();
      int nanosPerUnit = 1_000_000_000 / unitsPerSecond;
      into.setInstant(
          Math.floorDiv(units, unitsPerSecond),
          (int) Math.floorMod(units, (long) unitsPerSecond) * nanosPerUnit);
      return true;
    }
    return general(into);
  }

  private boolean general(Moment into) {
    BigDecimal seconds;
    try {
      // Moving the point would write out every zero of a large exponent.
      seconds = number.toBigDecimal().scaleByPowerOfTen(-unitDigits);
    } catch (ArithmeticException e) {
      return false;
    }
    if (seconds.signum() == 0) {
      into.setInstant(0, 0);
      return true;
    }
    long integerDigits = (long) seconds.precision() - seconds.scale();
    if (integerDigits > MAX_INTEGER_DIGITS) {
      into.setInstant(Long.MAX_VALUE / 2, 0);
      return true;
    }
    if (integerDigits <= -NANO_DIGITS) {
      // Rounding would divide by a power of ten as long as the exponent is large.
      into.setInstant(seconds.signum() < 0 ? -1 : 0, seconds.signum() < 0 ? 999_999_999 : 0);
      return true;
    }
    BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
    BigDecimal nanos = seconds.subtract(whole).movePointRight(NANO_DIGITS);
    into.setInstant(whole.longValueExact(), nanos.intValue());
    return true;
  }

  @Override
  public String expected() {
    return "a number of " + unit + " since the epoch";
  }
}
