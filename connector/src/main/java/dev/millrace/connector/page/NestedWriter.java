package dev.millrace.connector.page;

import dev.millrace.decode.row.NestedValue;
import java.math.BigDecimal;
import java.util.Arrays;

/** Shows a nested value to the builders of its parts. Keeps the containers that are not whole. */
final class NestedWriter implements NestedValue.Visitor {
  private static final int FIRST_DEPTH = 4;

  private final ContainerBuilder root;
  private ContainerBuilder[] open = new ContainerBuilder[FIRST_DEPTH];
  private int[] rows = new int[FIRST_DEPTH];
  private int[] parts = new int[FIRST_DEPTH];
  private int depth;
  private ColumnBuilder target;
  private int targetRow;

  NestedWriter(ContainerBuilder root) {
    this.root = root;
    this.target = root;
  }

  void write(int row, NestedValue value) {
    depth = 0;
    target = root;
    targetRow = row;
    value.accept(this);
  }

  /** What comes next is a part of the innermost container, or the whole value. */
  private void findTarget() {
    if (depth > 0) {
      ContainerBuilder container = open[depth - 1];
      int part = parts[depth - 1]++;
      target = container.part(part);
      targetRow = container.partRow(rows[depth - 1], part);
    }
  }

  private void begin() {
    findTarget();
    if (!(target instanceof ContainerBuilder container)) {
      throw new IllegalStateException("a container where the type has none");
    }
    if (depth == open.length) {
      open = Arrays.copyOf(open, 2 * depth);
      rows = Arrays.copyOf(rows, 2 * depth);
      parts = Arrays.copyOf(parts, 2 * depth);
    }
    container.open(targetRow);
    open[depth] = container;
    rows[depth] = targetRow;
    parts[depth] = 0;
    depth++;
  }

  @Override
  public void array(int size) {
    begin();
  }

  @Override
  public void map(int size) {
    begin();
  }

  @Override
  public void row(int fields) {
    begin();
  }

  @Override
  public void end() {
    depth--;
    open[depth].close(rows[depth]);
  }

  @Override
  public void nullValue() {
    findTarget();
    target.setNull(targetRow);
  }

  @Override
  public void bool(boolean value) {
    findTarget();
    target.setBoolean(targetRow, value);
  }

  @Override
  public void whole(long value) {
    findTarget();
    target.setLong(targetRow, value);
  }

  @Override
  public void floating(double value) {
    findTarget();
    target.setDouble(targetRow, value);
  }

  @Override
  public void decimal(BigDecimal value) {
    findTarget();
    target.setDecimal(targetRow, value);
  }

  @Override
  public void text(byte[] utf8, int offset, int length) {
    findTarget();
    target.setBytes(targetRow, utf8, offset, length);
  }

  @Override
  public void bytes(byte[] bytes, int offset, int length) {
    findTarget();
    target.setBytes(targetRow, bytes, offset, length);
  }

  @Override
  public void uuid(long mostSignificant, long leastSignificant) {
    findTarget();
    target.setUuid(targetRow, mostSignificant, leastSignificant);
  }

  @Override
  public void date(long epochDay) {
    findTarget();
    target.setLong(targetRow, epochDay);
  }

  @Override
  public void time(long nanosOfDay) {
    findTarget();
    target.setLong(targetRow, nanosOfDay);
  }

  @Override
  public void timestamp(long epochMicros, int nanosOfMicro) {
    findTarget();
    target.setTimestamp(targetRow, epochMicros, nanosOfMicro);
  }
}
