package dev.millrace.connector.page;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Makes {@link ColumnVector.Wide}. */
final class WideBuilder extends ColumnBuilder {
  private long[] high = new long[FIRST_ROWS];
  private long[] low = new long[FIRST_ROWS];

  @Override
  public void setUuid(int row, long mostSignificant, long leastSignificant) {
    place(row);
    if (row >= high.length) {
      int larger = Math.max(row + 1, 2 * high.length);
      high = Arrays.copyOf(high, larger);
      low = Arrays.copyOf(low, larger);
    }
    high[row] = mostSignificant;
    low[row] = leastSignificant;
  }

  @Override
  public void setDecimal(int row, BigDecimal value) {
    BigInteger unscaled = value.unscaledValue();
    setUuid(row, unscaled.shiftRight(Long.SIZE).longValue(), unscaled.longValue());
  }

  @Override
  ColumnVector take(boolean @Nullable [] known, int rows) {
    ColumnVector taken =
        new ColumnVector.Wide(
            known,
            high.length < rows ? Arrays.copyOf(high, rows) : high,
            low.length < rows ? Arrays.copyOf(low, rows) : low);
    high = new long[high.length];
    low = new long[low.length];
    return taken;
  }

  @Override
  long valueBytes(int rows) {
    return 2L * rows * Long.BYTES;
  }
}
