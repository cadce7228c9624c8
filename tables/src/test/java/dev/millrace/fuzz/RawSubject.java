package dev.millrace.fuzz;

import dev.millrace.table.Column;
import dev.millrace.table.ColumnType;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.MessageFormat;
import dev.millrace.table.mapping.FieldChecks;
import dev.millrace.table.mapping.RawSlice;
import dev.millrace.table.mapping.TimeFormat;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Bytes at fixed places. */
final class RawSubject implements Subject {
  private final List<Column> columns = new ArrayList<>();
  private final boolean fits;

  RawSubject(Dice dice) {
    fits = dice.coin();
    int count = 1 + dice.below(6);
    int at = 0;
    while (columns.size() < count) {
      Column column = Column.named("c" + columns.size(), Types.scalar(dice));
      int start = fits ? at : dice.below(30);
      int length = dice.any(1, 2, 4, 8, 3);
      column = column.withMapping(start + (dice.coin() ? ":" + (start + length) : ""));
      if (dice.coin()) {
        column = column.withDataFormat(dice.any("BYTE", "SHORT", "INT", "LONG", "FLOAT", "double"));
      }
      if (FieldChecks.faults(format(), column).isEmpty()) {
        columns.add(column);
        at += 8;
      }
    }
  }

  @Override
  public MessageFormat format() {
    return new MessageFormat.Raw();
  }

  @Override
  public List<Column> columns() {
    return columns;
  }

  @Override
  public Content content() {
    return Content.BYTES;
  }

  @Override
  public Sample message(Dice dice) {
    if (!fits) {
      return new Sample(dice.bytes(dice.below(60)), false);
    }
    byte[] bytes = new byte[8 * columns.size() + dice.below(3)];
    Arrays.fill(bytes, (byte) 'a');
    boolean whole = true;
    for (Column column : columns) {
      RawSlice slice = RawSlice.of(column);
      whole &= slice.end().isPresent() || !(column.type() instanceof ColumnType.BoundedVarchar);
      whole &=
          !(column.type() instanceof ColumnType.BoundedVarchar bounded) || bounded.length() >= 8;
      write(column.type(), slice, ByteBuffer.wrap(bytes), dice);
    }
    for (Column column : columns) {
      // What follows may be no text.
      whole &= RawSlice.of(column).end().isPresent() || column.type() != Plain.VARCHAR;
    }
    return new Sample(bytes, whole);
  }

  private static void write(ColumnType type, RawSlice slice, ByteBuffer bytes, Dice dice) {
    long small = TimeFormat.isTemporal(type) ? dice.below(100) : dice.below(100) - 50;
    int at = slice.start();
    if (type == Plain.VARCHAR
        || type == Plain.VARBINARY
        || type instanceof ColumnType.BoundedVarchar) {
      return;
    }
    switch (slice.format()) {
      case BYTE -> bytes.put(at, (byte) small);
      case SHORT -> bytes.putShort(at, (short) small);
      case INT -> bytes.putInt(at, (int) small);
      case LONG -> bytes.putLong(at, small);
      case FLOAT -> bytes.putFloat(at, (float) small / 7);
      case DOUBLE -> bytes.putDouble(at, (double) small / 7);
    }
  }
}
