package dev.millrace.local.store;

import dev.millrace.table.ColumnType;
import dev.millrace.table.ColumnType.BoundedVarchar;
import dev.millrace.table.ColumnType.Decimal;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.ColumnType.Time;
import dev.millrace.table.ColumnType.Timestamp;
import dev.millrace.table.ColumnType.TimestampWithTimeZone;
import java.util.stream.Collectors;

/** A definition's types in DuckDB. What is finer than a microsecond is cut where DuckDB cuts it. */
public enum DuckType {
  BOOLEAN,
  TINYINT,
  SMALLINT,
  INTEGER,
  BIGINT,
  FLOAT,
  DOUBLE,
  DECIMAL,
  VARCHAR,
  JSON,
  BLOB,
  UUID,
  DATE,
  TIME,
  TIMESTAMP,
  TIMESTAMP_NS,
  TIMESTAMPTZ,
  LIST,
  MAP,
  STRUCT;

  static DuckType of(ColumnType type) {
    if (type instanceof Plain plain) {
      return switch (plain) {
        case BOOLEAN -> BOOLEAN;
        case TINYINT -> TINYINT;
        case SMALLINT -> SMALLINT;
        case INTEGER -> INTEGER;
        case BIGINT -> BIGINT;
        case REAL -> FLOAT;
        case DOUBLE -> DOUBLE;
        case VARCHAR -> VARCHAR;
        case VARBINARY -> BLOB;
        case DATE -> DATE;
        case UUID -> UUID;
        case JSON -> JSON;
      };
    } else if (type instanceof BoundedVarchar) {
      return VARCHAR;
    } else if (type instanceof Decimal) {
      return DECIMAL;
    } else if (type instanceof Time) {
      return TIME;
    } else if (type instanceof Timestamp timestamp) {
      return timestamp.precision() > 6 ? TIMESTAMP_NS : TIMESTAMP;
    } else if (type instanceof TimestampWithTimeZone) {
      return TIMESTAMPTZ;
    } else if (type instanceof ColumnType.Array) {
      return LIST;
    } else if (type instanceof ColumnType.Map) {
      return MAP;
    } else if (type instanceof ColumnType.Row) {
      return STRUCT;
    }
    throw new AssertionError(type);
  }

  /** As CREATE TABLE writes it. */
  public static String sql(ColumnType type) {
    if (type instanceof ColumnType.Array array) {
      return sql(array.element()) + "[]";
    } else if (type instanceof ColumnType.Map map) {
      return "MAP(" + sql(map.key()) + ", " + sql(map.value()) + ")";
    } else if (type instanceof ColumnType.Row row) {
      return row.fields().stream()
          .map(field -> Session.quoted(field.name()) + " " + sql(field.type()))
          .collect(Collectors.joining(", ", "STRUCT(", ")"));
    }
    return type instanceof Decimal ? type.toString() : of(type).name();
  }
}
