package dev.millrace.infer;

import dev.millrace.table.Column;
import dev.millrace.table.ColumnType;
import dev.millrace.table.ColumnType.Plain;
import java.util.Optional;

/**
 * A column and what it was guessed from.
 *
 * @param mixed whether its values are of several kinds
 */
record GuessedColumn(Column column, Shape shape, boolean mixed) {

  static GuessedColumn of(String name, Optional<String> mapping, Shape shape, TypeGuess guess) {
    Column column = Column.named(name, guess.type());
    if (mapping.isPresent()) {
      column = column.withMapping(mapping.get());
    }
    if (guess.dataFormat().isPresent()) {
      column = column.withDataFormat(guess.dataFormat().get());
    }
    return new GuessedColumn(column, shape, guess.mixed());
  }

  /** A column whose type is known without looking at values. */
  static GuessedColumn known(Column column) {
    return new GuessedColumn(column, new Shape(), false);
  }

  /** The same with a type that takes more values; none where there is no such type. */
  Optional<GuessedColumn> wider() {
    ColumnType type = column.type();
    if (type == Plain.JSON || type == Plain.VARBINARY || type == Plain.VARCHAR) {
      return Optional.empty();
    }
    Column wide =
        new Column(
            column.name(),
            type.isNested() ? Plain.JSON : Plain.VARCHAR,
            column.origin(),
            column.mapping(),
            Optional.empty(),
            Optional.empty(),
            column.comment(),
            column.hidden());
    return Optional.of(new GuessedColumn(wide, shape, mixed));
  }
}
