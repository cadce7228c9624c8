package dev.millrace.pinot.decode;

import dev.millrace.decode.row.NestedValue;
import dev.millrace.decode.row.RowSink;
import dev.millrace.table.Column;
import dev.millrace.table.ColumnType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.pinot.spi.data.readers.GenericRow;
import org.jspecify.annotations.Nullable;

/** Takes the rows of one message at a time, with values as Pinot's transformers take them. */
final class GenericRows implements RowSink {
  private final String[] names;
  private final ColumnType[] types;
  private final @Nullable PinotObjects[] nested;
  private List<GenericRow> whole = new ArrayList<>();
  private GenericRow destination = new GenericRow();
  private GenericRow row = destination;
  private Optional<String> problem = Optional.empty();

  GenericRows(List<Column> columns) {
    this.names = columns.stream().map(Column::name).toArray(String[]::new);
    this.types = columns.stream().map(Column::type).toArray(ColumnType[]::new);
    this.nested =
        Stream.of(types)
            .map(type -> type.isNested() ? new PinotObjects(type) : null)
            .toArray(PinotObjects[]::new);
  }

  /** Takes the rows of a message; the first of them is the destination. */
  void begin(GenericRow into) {
    whole = new ArrayList<>(1);
    destination = into;
    problem = Optional.empty();
  }

  /** The rows that could be read. */
  List<GenericRow> whole() {
    return whole;
  }

  /** Why a row could not be read, of several the first. */
  Optional<String> problem() {
    return problem;
  }

  @Override
  public void begin() {
    row = whole.isEmpty() ? destination : new GenericRow();
    row.clear();
    for (String name : names) {
      row.putValue(name, null);
    }
  }

  private void put(int column, Object value) {
    row.putValue(names[column], value);
  }

  @Override
  public void setBoolean(int column, boolean value) {
    put(column, value);
  }

  @Override
  public void setLong(int column, long value) {
    put(column, PinotObjects.whole(types[column], value));
  }

  @Override
  public void setDouble(int column, double value) {
    put(column, PinotObjects.floating(types[column], value));
  }

  @Override
  public void setDecimal(int column, BigDecimal value) {
    put(column, value);
  }

  @Override
  public void setText(int column, byte[] utf8, int offset, int length) {
    put(column, new String(utf8, offset, length, StandardCharsets.UTF_8));
  }

  @Override
  public void setBytes(int column, byte[] bytes, int offset, int length) {
    put(column, Arrays.copyOfRange(bytes, offset, offset + length));
  }

  @Override
  public void setUuid(int column, long mostSignificant, long leastSignificant) {
    put(column, PinotObjects.uuidText(mostSignificant, leastSignificant));
  }

  @Override
  public void setDate(int column, long epochDay) {
    put(column, PinotObjects.dateText(epochDay));
  }

  @Override
  public void setTime(int column, long nanosOfDay) {
    put(column, PinotObjects.timeText(nanosOfDay));
  }

  @Override
  public void setTimestamp(int column, long epochMicros, int nanosOfMicro) {
    put(column, PinotObjects.instant(epochMicros, nanosOfMicro));
  }

  @Override
  public void setNested(int column, NestedValue value) {
    PinotObjects objects = Objects.requireNonNull(nested[column]);
    row.putValue(names[column], objects.toPinot(value));
  }

  @Override
  public void setNull(int column) {
    row.putValue(names[column], null);
  }

  @Override
  public void invalid(int column, String reason) {
    setNull(column);
    row.markIncomplete();
  }

  @Override
  public void incomplete(String reason) {
    row.markIncomplete();
  }

  @Override
  public void commit() {
    whole.add(row);
  }

  @Override
  public void reject(String reason) {
    problem = problem.or(() -> Optional.of(reason));
  }
}
