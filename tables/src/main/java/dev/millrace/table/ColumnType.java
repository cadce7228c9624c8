package dev.millrace.table;

/**
 * The type of a column, as its definition writes it. Engines map it; docs/reference/types.md shows
 * how.
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
}
