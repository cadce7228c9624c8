package dev.millrace.local.store;

import dev.millrace.table.ColumnType;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/**
 * Appends a struct field by field: the appender takes one as an object inside of a list or a map,
 * but not on its own. The objects are those of {@link DuckObjects}.
 */
final class StructAppender {
  private StructAppender() {}

  static void append(DuckDBAppender to, ColumnType type, @Nullable Object value)
      throws SQLException {
    if (value == null) {
      to.appendNull();
    } else if (type instanceof ColumnType.Row row) {
      appendFields(to, row.fields(), ((Map<?, ?>) value).values());
    } else if (value instanceof Collection<?> list) {
      to.append(list);
    } else if (value instanceof Map<?, ?> map) {
      to.append(map);
    } else {
      scalar(to, value);
    }
  }

  private static void appendFields(
      DuckDBAppender to, List<ColumnType.Field> fields, Collection<?> values) throws SQLException {
    to.beginStruct();
    Iterator<?> value = values.iterator();
    for (ColumnType.Field field : fields) {
      append(to, field.type(), value.next());
    }
    to.endStruct();
  }

  private static void scalar(DuckDBAppender to, Object value) throws SQLException {
    if (value instanceof Number number) {
      number(to, number);
    } else if (value instanceof String text) {
      to.append(text);
    } else if (value instanceof Boolean bool) {
      to.append(bool);
    } else if (value instanceof byte[] bytes) {
      to.append(bytes);
    } else if (value instanceof UUID uuid) {
      to.append(uuid);
    } else if (value instanceof LocalDate date) {
      to.append(date);
    } else if (value instanceof LocalTime time) {
      to.append(time);
    } else if (value instanceof LocalDateTime time) {
      to.append(time);
    } else if (value instanceof OffsetDateTime time) {
      to.append(time);
    } else {
      throw new AssertionError(value.getClass());
    }
  }

  private static void number(DuckDBAppender to, Number number) throws SQLException {
    if (number instanceof Long value) {
      to.append(value);
    } else if (number instanceof Integer value) {
      to.append(value);
    } else if (number instanceof Short value) {
      to.append(value);
    } else if (number instanceof Byte value) {
      to.append(value);
    } else if (number instanceof Double value) {
      to.append(value);
    } else if (number instanceof Float value) {
      to.append(value);
    } else if (number instanceof BigDecimal value) {
      to.append(value);
    } else {
      throw new AssertionError(number.getClass());
    }
  }
}
