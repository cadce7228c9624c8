package dev.millrace.connector.page;

import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Makes {@link ColumnVector.Longs}. */
final class LongsBuilder extends ColumnBuilder {
  private long[] values = new long[FIRST_ROWS];

  @Override
  public void setLong(int row, long value) {
    place(row);
    if (row >= values.length) {
      values = Arrays.copyOf(values, Math.max(row + 1, 2 * values.length));
    }
    values[row] = value;
  }

  @Override
  public void setDecimal(int row, BigDecimal value) {
    setLong(row, value.unscaledValue().longValue());
  }

  @Override
  public void setTimestamp(int row, long epochMicros, int nanosOfMicro) {
    setLong(row, epochMicros);
  }

  @Override
  ColumnVector take(boolean @Nullable [] known, int rows) {
    long[] taken = values.length < rows ? Arrays.copyOf(values, rows) : values;
    values = new long[taken.length];
    return new ColumnVector.Longs(known, taken);
  }

  @Override
  long valueBytes(int rows) {
    return (long) rows * Long.BYTES;
  }
}
