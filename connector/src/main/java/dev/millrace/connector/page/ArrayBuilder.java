package dev.millrace.connector.page;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Makes {@link ColumnVector.Arrays}. */
final class ArrayBuilder extends ContainerBuilder {
  private final ColumnBuilder elements;
  private int[] offsets = new int[FIRST_ROWS + 1];

  ArrayBuilder(ColumnBuilder elements) {
    this.elements = elements;
  }

  @Override
  ColumnBuilder part(int number) {
    return elements;
  }

  @Override
  int partRow(int row, int number) {
    return elements.filled();
  }

  @Override
  void close(int row) {
    if (row + 1 >= offsets.length) {
      offsets = Arrays.copyOf(offsets, Math.max(row + 2, 2 * offsets.length));
    }
    offsets[row + 1] = elements.filled();
  }

  @Override
  void placeNull(int row) {
    close(row);
  }

  @Override
  void undone(int row) {
    elements.undo(offsets[row]);
  }

  @Override
  ColumnVector take(boolean @Nullable [] known, int rows) {
    int[] taken = offsets;
    offsets = new int[taken.length];
    return new ColumnVector.Arrays(known, taken, elements.build(taken[rows]));
  }

  @Override
  long valueBytes(int rows) {
    return (long) rows * Integer.BYTES + elements.bytes();
  }
}
