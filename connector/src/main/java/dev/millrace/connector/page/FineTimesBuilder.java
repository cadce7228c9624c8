package dev.millrace.connector.page;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Makes {@link ColumnVector.FineTimes}. */
final class FineTimesBuilder extends ColumnBuilder {
  private long[] micros = new long[FIRST_ROWS];
  private short[] nanos = new short[FIRST_ROWS];

  @Override
  public void setTimestamp(int row, long epochMicros, int nanosOfMicro) {
    place(row);
    if (row >= micros.length) {
      int larger = Math.max(row + 1, 2 * micros.length);
      micros = Arrays.copyOf(micros, larger);
      nanos = Arrays.copyOf(nanos, larger);
    }
    micros[row] = epochMicros;
    nanos[row] = (short) nanosOfMicro;
  }

  @Override
  ColumnVector take(boolean @Nullable [] known, int rows) {
    ColumnVector taken =
        new ColumnVector.FineTimes(
            known,
            micros.length < rows ? Arrays.copyOf(micros, rows) : micros,
            nanos.length < rows ? Arrays.copyOf(nanos, rows) : nanos);
    micros = new long[micros.length];
    nanos = new short[nanos.length];
    return taken;
  }

  @Override
  long valueBytes(int rows) {
    return (long) rows * (Long.BYTES + Short.BYTES);
  }
}
