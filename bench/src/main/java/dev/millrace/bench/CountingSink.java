package dev.millrace.bench;

import dev.millrace.decode.row.NestedValue;
import dev.millrace.decode.row.RowSink;
import java.math.BigDecimal;

/** Takes every value and adds something of it up, so that none can be optimised away. */
final class CountingSink implements RowSink {
  private long total;

  long total() {
    return total;
  }

  @Override
  public void begin() {
    total++;
  }

  @Override
  public void setBoolean(int column, boolean value) {
    total += value ? 1 : 2;
  }

  @Override
  public void setLong(int column, long value) {
    total += value;
  }

  @Override
  public void setDouble(int column, double value) {
    total += (long) value;
  }

  @Override
  public void setDecimal(int column, BigDecimal value) {
    total += value.scale();
  }

  @Override
  public void setText(int column, byte[] utf8, int offset, int length) {
    total += length;
  }

  @Override
  public void setBytes(int column, byte[] bytes, int offset, int length) {
    total += length;
  }

  @Override
  public void setUuid(int column, long mostSignificant, long leastSignificant) {
    total += mostSignificant ^ leastSignificant;
  }

  @Override
  public void setDate(int column, long epochDay) {
    total += epochDay;
  }

  @Override
  public void setTime(int column, long nanosOfDay) {
    total += nanosOfDay;
  }

  @Override
  public void setTimestamp(int column, long epochMicros, int nanosOfMicro) {
    total += epochMicros;
  }

  @Override
  public void setNested(int column, NestedValue value) {
    total++;
  }

  @Override
  public void setNull(int column) {
    total++;
  }

  @Override
  public void invalid(int column, String reason) {
    throw new AssertionError(reason);
  }

  @Override
  public void incomplete(String reason) {
    throw new AssertionError(reason);
  }

  @Override
  public void commit() {
    total++;
  }

  @Override
  public void reject(String reason) {
    throw new AssertionError(reason);
  }
}
