package dev.millrace.local.store;

import dev.millrace.decode.row.NestedValue;
import dev.millrace.decode.row.RowSink;
import dev.millrace.table.Column;
import dev.millrace.table.ColumnType;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/**
 * Writes decoded rows to a derived table. A row is buffered until it is committed, because the
 * appender takes values in column order and takes none back. Text goes through as UTF-8 bytes.
 */
final class RowAppender implements RowSink {
  private static final long MAX_NANOS_MICROS = Long.MAX_VALUE / 1000 - 1;
  private static final int WHOLE_ROW = -1;

  private final List<Column> columns;
  private final DuckType[] types;
  private final boolean[] present;
  private final long[] longs;
  private final long[] seconds;
  private final double[] doubles;
  private final @Nullable Object[] objects;
  private final @Nullable DuckObjects[] nested;
  private @Nullable DuckDBAppender appender;

  /** Times that the database's type cannot hold, until a later value takes their place. */
  private final boolean[] outOfRange;

  private @Nullable String error;

  /** The column that the error is about: a row tells of its first. */
  private int errorColumn;

  private long rid;
  private long arrivalMicros;
  private int row;

  RowAppender(List<Column> columns) {
    this.columns = columns;
    types = columns.stream().map(column -> DuckType.of(column.type())).toArray(DuckType[]::new);
    present = new boolean[types.length];
    outOfRange = new boolean[types.length];
    longs = new long[types.length];
    seconds = new long[types.length];
    doubles = new double[types.length];
    objects = new @Nullable Object[types.length];
    nested = new @Nullable DuckObjects[types.length];
    for (int i = 0; i < types.length; i++) {
      ColumnType type = columns.get(i).type();
      nested[i] = type.isNested() ? new DuckObjects(type) : null;
    }
  }

  /** The appender of a new transaction. */
  void use(DuckDBAppender newAppender) {
    appender = newAppender;
  }

  /** Whose rows come next. */
  void startRecord(long recordRid, long newArrivalMicros) {
    rid = recordRid;
    arrivalMicros = newArrivalMicros;
    row = 0;
  }

  @Override
  public void begin() {
    Arrays.fill(present, false);
    Arrays.fill(outOfRange, false);
    error = null;
  }

  @Override
  public void setBoolean(int column, boolean value) {
    setLong(column, value ? 1 : 0);
  }

  @Override
  public void setLong(int column, long value) {
    longs[column] = value;
    present[column] = true;
  }

  @Override
  public void setDouble(int column, double value) {
    doubles[column] = value;
    present[column] = true;
  }

  @Override
  public void setDecimal(int column, BigDecimal value) {
    objects[column] = value;
    present[column] = true;
  }

  @Override
  public void setText(int column, byte[] utf8, int offset, int length) {
    setBytes(column, utf8, offset, length);
  }

  @Override
  public void setBytes(int column, byte[] bytes, int offset, int length) {
    objects[column] = Arrays.copyOfRange(bytes, offset, offset + length);
    present[column] = true;
  }

  @Override
  public void setUuid(int column, long mostSignificant, long leastSignificant) {
    longs[column] = mostSignificant;
    seconds[column] = leastSignificant;
    present[column] = true;
  }

  @Override
  public void setDate(int column, long epochDay) {
    setLong(column, epochDay);
  }

  @Override
  public void setTime(int column, long nanosOfDay) {
    setLong(column, nanosOfDay / 1000);
  }

  @Override
  public void setTimestamp(int column, long epochMicros, int nanosOfMicro) {
    boolean nanos = types[column] == DuckType.TIMESTAMP_NS;
    setLong(column, nanos ? epochMicros * 1000 + nanosOfMicro : epochMicros);
    outOfRange[column] = nanos && !fitsNanos(epochMicros);
  }

  static boolean fitsNanos(long epochMicros) {
    return Math.abs(epochMicros) <= MAX_NANOS_MICROS;
  }

  @Override
  public void setNested(int column, NestedValue value) {
    DuckObjects make = Objects.requireNonNull(nested[column]);
    Object made = make.of(value);
    objects[column] = made;
    present[column] = made != null;
    outOfRange[column] = make.outOfRange();
  }

  @Override
  public void setNull(int column) {
    present[column] = false;
  }

  @Override
  public void invalid(int column, String reason) {
    setNull(column);
    if (error == null || column < errorColumn) {
      error = reason;
      errorColumn = column;
    }
  }

  @Override
  public void reject(String reason) {
    begin();
    incomplete(reason);
    commit();
  }

  @Override
  public void incomplete(String reason) {
    error = reason;
    errorColumn = WHOLE_ROW;
  }

  @Override
  public void commit() {
    refuseOutOfRange();
    try {
      append(Objects.requireNonNull(appender));
    } catch (SQLException e) {
      throw Faults.of(e, "adding a row");
    }
    row++;
  }

  private void refuseOutOfRange() {
    for (int i = 0; i < types.length; i++) {
      if (outOfRange[i] && present[i]) {
        Column column = columns.get(i);
        invalid(
            i,
            "column "
                + column.name()
                + " ("
                + column.type()
                + "): a time outside the years 1677 to 2262, which are all that nanoseconds reach"
                + " here; TIMESTAMP(6) holds the years 1 to 9999");
      }
    }
  }

  private void append(DuckDBAppender to) throws SQLException {
    to.beginRow().append(rid).append(row).appendEpochMicros(arrivalMicros).append(error == null);
    to.append(error);
    for (int i = 0; i < types.length; i++) {
      if (present[i]) {
        appendValue(to, i);
      } else {
        to.appendNull();
      }
    }
    to.endRow();
  }

  private void appendValue(DuckDBAppender to, int i) throws SQLException {
    switch (types[i]) {
      case BOOLEAN -> to.append(longs[i] != 0);
      case TINYINT -> to.append((byte) longs[i]);
      case SMALLINT -> to.append((short) longs[i]);
      case INTEGER -> to.append((int) longs[i]);
      case BIGINT -> to.append(longs[i]);
      case FLOAT -> to.append((float) doubles[i]);
      case DOUBLE -> to.append(doubles[i]);
      case DECIMAL -> to.append((BigDecimal) objects[i]);
      case VARCHAR, JSON, BLOB -> to.append((byte[]) objects[i]);
      case UUID -> to.appendUUID(longs[i], seconds[i]);
      case DATE -> to.appendEpochDays((int) longs[i]);
      case TIME -> to.appendDayMicros(longs[i]);
      case TIMESTAMP, TIMESTAMPTZ -> to.appendEpochMicros(longs[i]);
      case TIMESTAMP_NS -> to.appendEpochNanos(longs[i]);
      case LIST -> to.append((Collection<?>) objects[i]);
      case MAP -> to.append((Map<?, ?>) objects[i]);
      case STRUCT -> StructAppender.append(to, columns.get(i).type(), objects[i]);
    }
  }
}
