package dev.millrace.connector.page;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Makes {@link ColumnVector.Doubles}. */
final class DoublesBuilder extends ColumnBuilder {
  private double[] values = new double[FIRST_ROWS];

  @Override
  public void setDouble(int row, double value) {
    place(row);
    if (row >= values.length) {
      values = Arrays.copyOf(values, Math.max(row + 1, 2 * values.length));
    }
    values[row] = value;
  }

  @Override
  ColumnVector take(boolean @Nullable [] known, int rows) {
    double[] taken = values.length < rows ? Arrays.copyOf(values, rows) : values;
    values = new double[taken.length];
    return new ColumnVector.Doubles(known, taken);
  }

  @Override
  long valueBytes(int rows) {
    return (long) rows * Double.BYTES;
  }
}
