package dev.millrace.cli;

import dev.millrace.cli.output.JsonText;
import dev.millrace.decode.row.NestedObjects;
import dev.millrace.decode.row.NestedValue;
import dev.millrace.decode.row.RowSink;
import dev.millrace.table.Column;
import dev.millrace.table.ColumnType;
import dev.millrace.table.ColumnType.Plain;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps rows as maps by column name: an object for a value does not hurt at a reader's pace. */
final class ObjectSink implements RowSink {
  private static final String ERROR = "_error";

  private final List<Column> columns;
  private final @Nullable Object[] values;
  private @Nullable String error;
  private List<Map<String, @Nullable Object>> rows = new ArrayList<>();

  ObjectSink(List<Column> columns) {
    this.columns = columns;
    this.values = new @Nullable Object[columns.size()];
  }

  /** The rows since the last call. */
  List<Map<String, @Nullable Object>> take() {
    List<Map<String, @Nullable Object>> taken = rows;
    rows = new ArrayList<>();
    return taken;
  }

  @Override
  public void begin() {
    Arrays.fill(values, null);
    error = null;
  }

  @Override
  public void setBoolean(int column, boolean value) {
    values[column] = value;
  }

  @Override
  public void setLong(int column, long value) {
    values[column] = value;
  }

  @Override
  public void setDouble(int column, double value) {
    boolean single = columns.get(column).type() == Plain.REAL;
    values[column] = single ? (Object) (float) value : (Object) value;
  }

  @Override
  public void setDecimal(int column, BigDecimal value) {
    values[column] = value;
  }

  @Override
  public void setText(int column, byte[] utf8, int offset, int length) {
    String text = new String(utf8, offset, length, StandardCharsets.UTF_8);
    values[column] = columns.get(column).type() == Plain.JSON ? new JsonText(text) : text;
  }

  @Override
  public void setBytes(int column, byte[] bytes, int offset, int length) {
    values[column] = Arrays.copyOfRange(bytes, offset, offset + length);
  }

  @Override
  public void setUuid(int column, long mostSignificant, long leastSignificant) {
    values[column] = new UUID(mostSignificant, leastSignificant);
  }

  @Override
  public void setDate(int column, long epochDay) {
    values[column] = LocalDate.ofEpochDay(epochDay);
  }

  @Override
  public void setTime(int column, long nanosOfDay) {
    values[column] = LocalTime.ofNanoOfDay(nanosOfDay);
  }

  @Override
  public void setTimestamp(int column, long epochMicros, int nanosOfMicro) {
    values[column] = Instant.EPOCH.plus(epochMicros, ChronoUnit.MICROS).plusNanos(nanosOfMicro);
  }

  @Override
  public void setNested(int column, NestedValue value) {
    values[column] = new Parts(columns.get(column).type()).of(value);
  }

  /** Scalars inside a value are what they are as columns. */
  private static final class Parts extends NestedObjects {
    Parts(ColumnType type) {
      super(type);
    }

    @Override
    public void floating(double value) {
      put(type() == Plain.REAL ? (Object) (float) value : (Object) value);
    }

    @Override
    public void text(byte[] utf8, int offset, int length) {
      String text = new String(utf8, offset, length, StandardCharsets.UTF_8);
      put(type() == Plain.JSON ? new JsonText(text) : text);
    }
  }

  @Override
  public void setNull(int column) {
    values[column] = null;
  }

  @Override
  public void invalid(int column, String reason) {
    values[column] = null;
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
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      row.put(columns.get(i).name(), values[i]);
    }
    if (error != null) {
      row.put(ERROR, error);
    }
    rows.add(row);
  }

  @Override
  public void reject(String reason) {
    Arrays.fill(values, null);
    error = reason;
    commit();
  }
}
