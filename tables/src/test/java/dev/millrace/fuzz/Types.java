package dev.millrace.fuzz;

import dev.millrace.table.ColumnType;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.mapping.TimeFormat;
import java.util.ArrayList;
import java.util.List;

/** Column types at random. */
final class Types {
  private Types() {}

  static ColumnType any(Dice dice) {
    return any(dice, 3);
  }

  private static ColumnType any(Dice dice, int depth) {
    if (depth > 0 && dice.oneIn(4)) {
      return nested(dice, depth);
    }
    return scalar(dice);
  }

  static ColumnType scalar(Dice dice) {
    return switch (dice.below(9)) {
      case 0 -> new ColumnType.BoundedVarchar(1 + dice.below(20));
      case 1 -> decimal(dice);
      case 2 -> new ColumnType.Time(dice.below(10));
      case 3 -> new ColumnType.Timestamp(dice.below(10));
      case 4 -> new ColumnType.TimestampWithTimeZone(dice.below(10));
      default -> dice.any(Plain.values());
    };
  }

  private static ColumnType decimal(Dice dice) {
    int precision = 1 + dice.below(38);
    return new ColumnType.Decimal(precision, dice.below(precision + 1));
  }

  private static ColumnType nested(Dice dice, int depth) {
    return switch (dice.below(3)) {
      case 0 -> new ColumnType.Array(any(dice, depth - 1));
      case 1 -> new ColumnType.Map(key(dice), any(dice, depth - 1));
      default -> {
        List<ColumnType.Field> fields = new ArrayList<>();
        for (int i = 0; i <= dice.below(3); i++) {
          fields.add(
              new ColumnType.Field(dice.any("f", "é", "long name") + i, any(dice, depth - 1)));
        }
        yield new ColumnType.Row(fields);
      }
    };
  }

  private static ColumnType key(Dice dice) {
    ColumnType type = scalar(dice);
    while (type == Plain.JSON) {
      type = scalar(dice);
    }
    return type;
  }

  /** Whether dates or times are in it. */
  static boolean holdsTimes(ColumnType type) {
    if (type instanceof ColumnType.Array array) {
      return holdsTimes(array.element());
    } else if (type instanceof ColumnType.Map map) {
      return holdsTimes(map.key()) || holdsTimes(map.value());
    } else if (type instanceof ColumnType.Row row) {
      return row.fields().stream().anyMatch(field -> holdsTimes(field.type()));
    }
    return TimeFormat.isTemporal(type);
  }
}
