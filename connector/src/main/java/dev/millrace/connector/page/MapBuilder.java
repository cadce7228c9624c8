package dev.millrace.connector.page;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Makes {@link ColumnVector.Maps}. A value's parts are its keys and values in turn. */
final class MapBuilder extends ContainerBuilder {
  private final ColumnBuilder keys;
  private final ColumnBuilder values;
  private int[] offsets = new int[FIRST_ROWS + 1];

  MapBuilder(ColumnBuilder keys, ColumnBuilder values) {
    this.keys = keys;
    this.values = values;
  }

  @Override
  ColumnBuilder part(int number) {
    return number % 2 == 0 ? keys : values;
  }

  @Override
  int partRow(int row, int number) {
    return part(number).filled();
  }

  @Override
  void close(int row) {
    if (row + 1 >= offsets.length) {
      offsets = Arrays.copyOf(offsets, Math.max(row + 2, 2 * offsets.length));
    }
    offsets[row + 1] = keys.filled();
  }

  @Override
  void placeNull(int row) {
    close(row);
  }

  @Override
  void undone(int row) {
    keys.undo(offsets[row]);
    values.undo(offsets[row]);
  }

  @Override
  ColumnVector take(boolean @Nullable [] known, int rows) {
    int[] taken = offsets;
    offsets = new int[taken.length];
    int entries = taken[rows];
    return new ColumnVector.Maps(known, taken, keys.build(entries), values.build(entries));
  }

  @Override
  long valueBytes(int rows) {
    return (long) rows * Integer.BYTES + keys.bytes() + values.bytes();
  }
}
