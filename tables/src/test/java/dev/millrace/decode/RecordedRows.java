package dev.millrace.decode;

import dev.millrace.decode.field.Utf8;
import dev.millrace.decode.row.NestedObjects;
import dev.millrace.decode.row.NestedValue;
import dev.millrace.decode.row.RowSink;
import dev.millrace.table.Column;
import dev.millrace.table.ColumnType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A sink that keeps what it is given, as Java values, and checks that it is used as agreed. */
public final class RecordedRows implements RowSink {

  /**
   * One row.
   *
   * @param values null for NULL; whole numbers are Long, REAL and DOUBLE Double, text String,
   *     binary a List of Byte, times LocalDate, LocalTime and Instant; ARRAY a List, MAP and ROW a
   *     Map
   * @param error the first reason of {@link #invalid}, or that of {@link #reject}
   */
  public record Row(List<@Nullable Object> values, @Nullable String error, boolean rejected) {}

  private final List<Row> rows = new ArrayList<>();
  private final int columns;
  private @Nullable Object @Nullable [] values;
  private @Nullable String error;

  private final List<ColumnType> types;

  public RecordedRows(int columns) {
    this(columns, List.of());
  }

  /** Where columns are nested their types are needed. */
  public static RecordedRows of(List<Column> columns) {
    return new RecordedRows(columns.size(), columns.stream().map(Column::type).toList());
  }

  private RecordedRows(int columns, List<ColumnType> types) {
    this.columns = columns;
    this.types = types;
  }

  public List<Row> rows() {
    return rows;
  }

  /** The values of each row that was not rejected. */
  public List<List<@Nullable Object>> values() {
    List<List<@Nullable Object>> all = new ArrayList<>();
    for (Row row : rows) {
      if (!row.rejected()) {
        all.add(row.values());
      }
    }
    return all;
  }

  public List<String> errors() {
    List<String> all = new ArrayList<>();
    for (Row row : rows) {
      String reason = row.error();
      if (reason != null) {
        all.add(reason);
      }
    }
    return all;
  }

  @Override
  public void begin() {
    if (values != null) {
      throw new AssertionError("begin within a row");
    }
    values = new @Nullable Object[columns];
    error = null;
  }

  private void set(int column, @Nullable Object value) {
    @Nullable Object[] current = values;
    if (current == null) {
      throw new AssertionError("a value outside of a row");
    }
    current[column] = value;
  }

  @Override
  public void setBoolean(int column, boolean value) {
    set(column, value);
  }

  @Override
  public void setLong(int column, long value) {
    set(column, value);
  }

  @Override
  public void setDouble(int column, double value) {
    set(column, value);
  }

  @Override
  public void setDecimal(int column, BigDecimal value) {
    set(column, value);
  }

  @Override
  public void setText(int column, byte[] utf8, int offset, int length) {
    if (!Utf8.isValid(utf8, offset, offset + length)) {
      throw new AssertionError("text that is not UTF-8");
    }
    set(column, new String(utf8, offset, length, StandardCharsets.UTF_8));
  }

  @Override
  public void setBytes(int column, byte[] bytes, int offset, int length) {
    set(column, copy(bytes, offset, length));
  }

  private static List<Byte> copy(byte[] bytes, int offset, int length) {
    List<Byte> copy = new ArrayList<>();
    for (byte b : Arrays.copyOfRange(bytes, offset, offset + length)) {
      copy.add(b);
    }
    return copy;
  }

  @Override
  public void setNested(int column, NestedValue value) {
    NestedObjects objects =
        new NestedObjects(types.get(column)) {
          @Override
          public void bytes(byte[] bytes, int offset, int length) {
            put(copy(bytes, offset, length));
          }
        };
    set(column, objects.of(value));
  }

  @Override
  public void setUuid(int column, long mostSignificant, long leastSignificant) {
    set(column, new UUID(mostSignificant, leastSignificant));
  }

  @Override
  public void setDate(int column, long epochDay) {
    set(column, LocalDate.ofEpochDay(epochDay));
  }

  @Override
  public void setTime(int column, long nanosOfDay) {
    set(column, LocalTime.ofNanoOfDay(nanosOfDay));
  }

  @Override
  public void setTimestamp(int column, long epochMicros, int nanosOfMicro) {
    if (nanosOfMicro < 0 || nanosOfMicro > 999) {
      throw new AssertionError("nanosOfMicro " + nanosOfMicro);
    }
    set(
        column,
        Instant.ofEpochSecond(
            Math.floorDiv(epochMicros, 1_000_000L),
            Math.floorMod(epochMicros, 1_000_000L) * 1_000 + nanosOfMicro));
  }

  @Override
  public void setNull(int column) {
    set(column, null);
  }

  @Override
  public void invalid(int column, String reason) {
    set(column, null);
    if (error == null) {
      error = reason;
    }
  }

  @Override
  public void incomplete(String reason) {
    if (error == null) {
      error = reason;
    }
  }

  @Override
  public void commit() {
    end(error, false);
  }

  @Override
  public void reject(String reason) {
    end(reason, true);
  }

  private void end(@Nullable String reason, boolean rejected) {
    @Nullable Object[] current = values;
    if (current == null) {
      throw new AssertionError("the end of no row");
    }
    List<@Nullable Object> kept =
        rejected ? List.of() : new ArrayList<@Nullable Object>(Arrays.asList(current));
    rows.add(new Row(kept, reason, rejected));
    values = null;
  }
}
