package dev.millrace.pinot.decode;

import dev.millrace.decode.row.NestedObjects;
import dev.millrace.decode.row.NestedValue;
import dev.millrace.table.ColumnType;
import dev.millrace.table.ColumnType.Plain;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Values as Pinot's transformers take them: the boxed numbers of its own types, Timestamp, String
 * where Pinot has no type, Object[] of several values and Map of named ones.
 */
final class PinotObjects extends NestedObjects {

  PinotObjects(ColumnType type) {
    super(type);
  }

  @Nullable Object toPinot(NestedValue value) {
    return withArrays(of(value));
  }

  private static @Nullable Object withArrays(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(PinotObjects::withArrays).toArray();
    } else if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> texts = new LinkedHashMap<>();
      map.forEach((key, inner) -> texts.put(String.valueOf(key), withArrays(inner)));
      return texts;
    }
    return value;
  }

  static Object whole(ColumnType type, long value) {
    if (type == Plain.BIGINT) {
      return value;
    }
    return Math.toIntExact(value);
  }

  static Object floating(ColumnType type, double value) {
    if (type == Plain.REAL) {
      return (float) value;
    }
    return value;
  }

  static String uuidText(long mostSignificant, long leastSignificant) {
    return new UUID(mostSignificant, leastSignificant).toString();
  }

  static String dateText(long epochDay) {
    return LocalDate.ofEpochDay(epochDay).toString();
  }

  static String timeText(long nanosOfDay) {
    return LocalTime.ofNanoOfDay(nanosOfDay).toString();
  }

  static Timestamp instant(long epochMicros, int nanosOfMicro) {
    return Timestamp.from(
        Instant.EPOCH.plus(epochMicros, ChronoUnit.MICROS).plusNanos(nanosOfMicro));
  }

  @Override
  public void whole(long value) {
    put(whole(type(), value));
  }

  @Override
  public void floating(double value) {
    put(floating(type(), value));
  }

  @Override
  public void uuid(long mostSignificant, long leastSignificant) {
    put(uuidText(mostSignificant, leastSignificant));
  }

  @Override
  public void date(long epochDay) {
    put(dateText(epochDay));
  }

  @Override
  public void time(long nanosOfDay) {
    put(timeText(nanosOfDay));
  }

  @Override
  public void timestamp(long epochMicros, int nanosOfMicro) {
    put(instant(epochMicros, nanosOfMicro));
  }
}
