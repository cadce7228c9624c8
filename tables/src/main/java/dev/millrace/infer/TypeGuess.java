package dev.millrace.infer;

import dev.millrace.table.ColumnType;
import dev.millrace.table.ColumnType.Decimal;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.ColumnType.Timestamp;
import dev.millrace.table.ColumnType.TimestampWithTimeZone;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The narrowest type that takes all values of a shape, among those that the next messages will
 * likely fit, too: a number is never guessed to be small.
 *
 * @param dataFormat how times are written, where that is not as in ISO 8601
 * @param mixed whether it is only a type that takes everything
 */
record TypeGuess(ColumnType type, Optional<String> dataFormat, boolean mixed) {
  private static final Set<ValueKind> WHOLE = EnumSet.of(ValueKind.WHOLE, ValueKind.LARGE_WHOLE);
  private static final Set<ValueKind> DOUBLE = EnumSet.of(ValueKind.WHOLE, ValueKind.FRACTION);
  private static final Set<ValueKind> ZONED = EnumSet.of(ValueKind.INSTANT, ValueKind.LOCAL_TIME);

  static TypeGuess of(ColumnType type) {
    return new TypeGuess(type, Optional.empty(), false);
  }

  private static TypeGuess mixed(ColumnType type) {
    return new TypeGuess(type, Optional.empty(), true);
  }

  /**
   * @param name the column's, which can tell a time from a number
   */
  static TypeGuess of(Shape shape, String name) {
    Set<ValueKind> kinds = shape.kinds();
    if (kinds.contains(ValueKind.OBJECT) || kinds.contains(ValueKind.ARRAY)) {
      return kinds.size() == 1 ? NestedGuess.of(shape) : mixed(Plain.JSON);
    }
    if (kinds.isEmpty()) {
      return of(Plain.VARCHAR);
    }
    return kinds.stream().allMatch(ValueKind::isNumber) ? number(shape, name) : other(shape, kinds);
  }

  private static TypeGuess number(Shape shape, String name) {
    Set<ValueKind> kinds = shape.kinds();
    if (DOUBLE.containsAll(kinds)) {
      Optional<TypeGuess> time = EpochGuess.find(shape, name);
      return time.orElseGet(
          () -> of(kinds.contains(ValueKind.FRACTION) ? Plain.DOUBLE : Plain.BIGINT));
    }
    return WHOLE.containsAll(kinds) ? of(new Decimal(38, 0)) : mixed(Plain.VARCHAR);
  }

  private static TypeGuess other(Shape shape, Set<ValueKind> kinds) {
    if (kinds.size() == 1) {
      return switch (kinds.iterator().next()) {
        case BOOLEAN -> of(Plain.BOOLEAN);
        case DATE -> of(Plain.DATE);
        case LOCAL_TIME -> of(new Timestamp(precision(shape)));
        case INSTANT -> of(new TimestampWithTimeZone(precision(shape)));
        case UUID -> of(Plain.UUID);
        default -> of(Plain.VARCHAR);
      };
    }
    return ZONED.containsAll(kinds)
        ? of(new TimestampWithTimeZone(precision(shape)))
        : mixed(Plain.VARCHAR);
  }

  /** Milliseconds at least: that the sample has none may be chance. */
  static int precision(Shape shape) {
    int digits = shape.fractionDigits();
    return digits <= 3 ? 3 : digits <= 6 ? 6 : 9;
  }
}
