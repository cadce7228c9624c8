package dev.millrace.decode.field;

import dev.millrace.decode.row.NestedValue;
import dev.millrace.decode.row.RowSink;
import java.math.BigDecimal;

/** Takes the values of a scalar's decoder into a node of a nested value. */
final class NestedLeaf implements RowSink {
  private final NestedValue value;
  private int node;

  NestedLeaf(NestedValue value) {
    this.value = value;
  }

  /** Where the next value goes. */
  void moveTo(int newNode) {
    node = newNode;
  }

  @Override
  public void begin() {}

  @Override
  public void setBoolean(int column, boolean scalar) {
    value.setBoolean(node, scalar);
  }

  @Override
  public void setLong(int column, long scalar) {
    value.setWhole(node, scalar);
  }

  @Override
  public void setDouble(int column, double scalar) {
    value.setFloating(node, scalar);
  }

  @Override
  public void setDecimal(int column, BigDecimal scalar) {
    value.setDecimal(node, scalar);
  }

  @Override
  public void setText(int column, byte[] utf8, int offset, int length) {
    value.setText(node, utf8, offset, length);
  }

  @Override
  public void setBytes(int column, byte[] bytes, int offset, int length) {
    value.setBytes(node, bytes, offset, length);
  }

  @Override
  public void setUuid(int column, long mostSignificant, long leastSignificant) {
    value.setUuid(node, mostSignificant, leastSignificant);
  }

  @Override
  public void setDate(int column, long epochDay) {
    value.setDate(node, epochDay);
  }

  @Override
  public void setTime(int column, long nanosOfDay) {
    value.setTime(node, nanosOfDay);
  }

  @Override
  public void setTimestamp(int column, long epochMicros, int nanosOfMicro) {
    value.setTimestamp(node, epochMicros, nanosOfMicro);
  }

  @Override
  public void setNested(int column, NestedValue nested) {
    throw new AssertionError("a scalar has no parts");
  }

  @Override
  public void setNull(int column) {
    value.setNull(node);
  }

  @Override
  public void invalid(int column, String reason) {
    throw new AssertionError("faults are taken from the pending row");
  }

  @Override
  public void incomplete(String reason) {
    throw new AssertionError("no row is committed");
  }

  @Override
  public void commit() {
    throw new AssertionError("no row is committed");
  }

  @Override
  public void reject(String reason) {
    throw new AssertionError("no row is committed");
  }
}
