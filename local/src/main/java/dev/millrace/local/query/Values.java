package dev.millrace.local.query;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.duckdb.DuckDBStruct;
import org.jspecify.annotations.Nullable;

/**
 * From the driver's values to those a result promises. Infinite times and dates are the texts
 * {@code infinity} and {@code -infinity}.
 */
final class Values {
  /** The driver takes the database's marks of infinity for numbers, each type's in its own unit. */
  private static final Map<Object, String> INFINITIES =
      Map.ofEntries(
          infinity(LocalDate.ofEpochDay(Integer.MAX_VALUE)),
          minusInfinity(LocalDate.ofEpochDay(-Integer.MAX_VALUE)),
          infinity(Instant.EPOCH.plus(Long.MAX_VALUE, ChronoUnit.MICROS)),
          minusInfinity(Instant.EPOCH.plus(-Long.MAX_VALUE, ChronoUnit.MICROS)),
          infinity(local(Long.MAX_VALUE, ChronoUnit.MICROS)),
          minusInfinity(local(-Long.MAX_VALUE, ChronoUnit.MICROS)),
          infinity(local(Long.MAX_VALUE, ChronoUnit.MILLIS)),
          minusInfinity(local(-Long.MAX_VALUE, ChronoUnit.MILLIS)),
          infinity(local(Long.MAX_VALUE, ChronoUnit.NANOS)),
          minusInfinity(local(-Long.MAX_VALUE, ChronoUnit.NANOS)));

  private static final Set<String> LOCAL_TIMES =
      Set.of("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS");

  private Values() {}

  private static Map.Entry<Object, String> infinity(Object mark) {
    return Map.entry(mark, "infinity");
  }

  private static Map.Entry<Object, String> minusInfinity(Object mark) {
    return Map.entry(mark, "-infinity");
  }

  private static LocalDateTime local(long sinceEpoch, ChronoUnit unit) {
    return LocalDateTime.ofInstant(Instant.EPOCH.plus(sinceEpoch, unit), ZoneOffset.UTC);
  }

  private static Object finite(Object time) {
    String infinity = INFINITIES.get(time);
    return infinity == null ? time : infinity;
  }

  static @Nullable Object read(ResultSet row, int column, String type) throws SQLException {
    // A java.sql.Timestamp would go through the JVM's time zone, where some hours do not exist.
    if (LOCAL_TIMES.contains(type)) {
      LocalDateTime time = row.getObject(column, LocalDateTime.class);
      return time == null ? null : finite(time);
    }
    return plain(row.getObject(column));
  }

  private static @Nullable Object plain(@Nullable Object value) throws SQLException {
    if (value == null
        || value instanceof Boolean
        || value instanceof Long
        || value instanceof Double
        || value instanceof String
        || value instanceof BigDecimal
        || value instanceof BigInteger
        || value instanceof byte[]
        || value instanceof UUID
        || value instanceof LocalTime
        || value instanceof LocalDateTime
        || value instanceof Instant) {
      return value;
    }
    if (value instanceof Byte || value instanceof Short || value instanceof Integer) {
      return ((Number) value).longValue();
    }
    if (value instanceof Float number) {
      // By its digits: 0.1f is 0.1 to a reader, not 0.10000000149.
      return Double.valueOf(number.toString());
    }
    return time(value);
  }

  private static Object time(Object value) throws SQLException {
    if (value instanceof OffsetDateTime time) {
      return finite(time.toInstant());
    }
    if (value instanceof Timestamp time) {
      return finite(time.toLocalDateTime());
    }
    if (value instanceof LocalDate date) {
      return finite(date);
    }
    if (value instanceof OffsetTime time) {
      // Its own text leaves out seconds that are 0.
      return DateTimeFormatter.ISO_OFFSET_TIME.format(time);
    }
    if (value instanceof Date date) {
      return date.toLocalDate();
    }
    if (value instanceof Time time) {
      return time.toLocalTime();
    }
    return nested(value);
  }

  private static Object nested(Object value) throws SQLException {
    if (value instanceof Blob blob) {
      return blob.getBytes(1, Math.toIntExact(blob.length()));
    }
    if (value instanceof Array array) {
      if (array.getBaseTypeName().equals("TIMESTAMP")) {
        return times(array);
      }
      List<@Nullable Object> list = new ArrayList<>();
      for (Object element : (@Nullable Object[]) array.getArray()) {
        list.add(plain(element));
      }
      return list;
    }
    if (value instanceof DuckDBStruct struct) {
      return map(struct.getMap());
    }
    return value instanceof Map<?, ?> map ? map(map) : value.toString();
  }

  /** By the number the driver has: its objects have gone through the JVM's time zone. */
  private static List<@Nullable Object> times(Array array) throws SQLException {
    List<@Nullable Object> list = new ArrayList<>();
    @Nullable Object[] elements = (@Nullable Object[]) array.getArray();
    try (ResultSet rows = array.getResultSet()) {
      for (Object element : elements) {
        rows.next();
        list.add(element == null ? null : finite(local(rows.getLong(2), ChronoUnit.MICROS)));
      }
    }
    return list;
  }

  private static Map<String, @Nullable Object> map(Map<?, ?> map) throws SQLException {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      copy.put(String.valueOf(entry.getKey()), plain(entry.getValue()));
    }
    return copy;
  }
}
