package dev.millrace.table;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The type of a column, as its definition writes it. Engines map it; docs/reference/types.md shows
 * how. The text of a type is what a definition would write.
 */
public sealed interface ColumnType {

  /** Types without parameters. */
  enum Plain implements ColumnType {
    BOOLEAN,
    TINYINT,
    SMALLINT,
    INTEGER,
    BIGINT,
    REAL,
    DOUBLE,
    VARCHAR,
    VARBINARY,
    DATE,
    UUID,
    JSON
  }

  /** {@code VARCHAR(length)}: longer text is a bad value, not a shorter one. */
  record BoundedVarchar(int length) implements ColumnType {
    @Override
    public String toString() {
      return "VARCHAR(" + length + ")";
    }
  }

  /** {@code DECIMAL(precision, scale)}. */
  record Decimal(int precision, int scale) implements ColumnType {
    @Override
    public String toString() {
      return "DECIMAL(" + precision + "," + scale + ")";
    }
  }

  /** {@code TIME(precision)}, precision in digits of a second. */
  record Time(int precision) implements ColumnType {
    @Override
    public String toString() {
      return "TIME(" + precision + ")";
    }
  }

  /** {@code TIMESTAMP(precision)}: a reading of the UTC clock. */
  record Timestamp(int precision) implements ColumnType {
    @Override
    public String toString() {
      return "TIMESTAMP(" + precision + ")";
    }
  }

  /** {@code TIMESTAMP(precision) WITH TIME ZONE}: an instant. */
  record TimestampWithTimeZone(int precision) implements ColumnType {
    @Override
    public String toString() {
      return "TIMESTAMP(" + precision + ") WITH TIME ZONE";
    }
  }

  /** {@code ARRAY(element)}. */
  record Array(ColumnType element) implements ColumnType {
    @Override
    public String toString() {
      return "ARRAY(" + element + ")";
    }
  }

  /** {@code MAP(key, value)}; a key is a type without parts of its own. */
  record Map(ColumnType key, ColumnType value) implements ColumnType {
    @Override
    public String toString() {
      return "MAP(" + key + "," + value + ")";
    }
  }

  /** {@code ROW(name type, …)}. */
  record Row(List<Field> fields) implements ColumnType {
    public Row {
      fields = List.copyOf(fields);
    }

    @Override
    public String toString() {
      return fields.stream().map(Field::toString).collect(Collectors.joining(", ", "ROW(", ")"));
    }
  }

  /** One field of a {@link Row}; its name is compared without regard to case. */
  record Field(String name, ColumnType type) {
    @Override
    public String toString() {
      return '"' + name.replace("\"", "\"\"") + "\" " + type;
    }
  }

  /** Whether values have parts. */
  default boolean isNested() {
    return this instanceof Array || this instanceof Map || this instanceof Row;
  }
}
