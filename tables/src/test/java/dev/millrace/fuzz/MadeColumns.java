package dev.millrace.fuzz;

import dev.millrace.table.Column;
import dev.millrace.table.ColumnType;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.MessageFormat;
import dev.millrace.table.mapping.FieldChecks;
import dev.millrace.table.mapping.TimeFormat;
import java.util.ArrayList;
import java.util.List;

/** Columns of all types, each with the way in which its values are written. */
final class MadeColumns {
  private final List<Column> columns = new ArrayList<>();
  private final List<Times> times = new ArrayList<>();
  private final List<Boolean> written = new ArrayList<>();
  private final boolean fits;

  /** Gives a column its place in messages. */
  interface Mapping {
    Column map(Dice dice, Column column, int index);
  }

  MadeColumns(Dice dice, MessageFormat format, Mapping mapping) {
    this.fits = dice.coin();
    int count = 1 + dice.below(6);
    while (columns.size() < count) {
      int index = columns.size();
      ColumnType type = Types.any(dice);
      Times time = dice.of(Times.ALL);
      Column column = mapping.map(dice, Column.named("c" + index, type), index);
      boolean formatted = Types.holdsTimes(type) || dice.oneIn(10);
      Column whole = formatted ? time.on(column) : column;
      if (FieldChecks.faults(format, whole).isEmpty() && (!fits || isFitting(type, time, whole))) {
        columns.add(whole);
        times.add(time);
        written.add(isTime(whole));
      }
    }
  }

  /** Whether a whole number or a text is made from a time. */
  private static boolean isTime(Column column) {
    return !TimeFormat.isTemporal(column.type())
        && !column.type().isNested()
        && column.dataFormat().filter(format -> !format.equals(TimeFormat.DEFAULT)).isPresent();
  }

  private static boolean isFitting(ColumnType type, Times time, Column column) {
    if (TimeFormat.isTemporal(type)) {
      return time.isCertain()
          && (type instanceof ColumnType.Time ? time.hasTime() : time.hasDate());
    } else if (type instanceof ColumnType.Array array) {
      return isFitting(array.element(), time, column);
    } else if (type instanceof ColumnType.Map map) {
      return isFitting(map.key(), time, column) && isFitting(map.value(), time, column);
    } else if (type instanceof ColumnType.Row row) {
      return row.fields().stream().allMatch(field -> isFitting(field.type(), time, column));
    }
    return column.dataFormat().isEmpty()
        || type == Plain.VARCHAR
        || (type == Plain.BIGINT && time.isCertain() && time.hasDate())
        || Types.holdsTimes(column.type());
  }

  /** Whether values that are written are of the columns' types. */
  boolean fits() {
    return fits;
  }

  List<Column> columns() {
    return columns;
  }

  Values values(Dice dice, int column) {
    return new Values(dice, times.get(column));
  }

  /** What to write for a column. */
  ColumnType valueType(Dice dice, int column) {
    if (written.get(column)) {
      return new ColumnType.Timestamp(3);
    }
    return fits || dice.oneIn(2) ? columns.get(column).type() : Types.any(dice);
  }
}
