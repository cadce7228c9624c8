package dev.millrace.connector.page;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Makes {@link ColumnVector.Bytes}. */
final class BytesBuilder extends ColumnBuilder {
  private static final int FIRST_BYTES = 4096;

  /** The next page is like this one: so much more than it needed is set aside. */
  private static final int SPARE_SHIFT = 3;

  private int[] offsets = new int[FIRST_ROWS + 1];
  private byte[] bytes = new byte[FIRST_BYTES];

  @Override
  public void setBytes(int row, byte[] value, int offset, int length) {
    int start = startOf(row, length);
    System.arraycopy(value, offset, bytes, start, length);
  }

  @Override
  @SuppressWarnings("deprecation") // It keeps the low bytes of characters, which is all of ASCII.
  public void setAscii(int row, String text) {
    int length = text.length();
    int start = startOf(row, length);
    text.getBytes(0, length, bytes, start);
  }

  /** Makes place for a value and gives its first byte's. */
  private int startOf(int row, int length) {
    place(row);
    if (row + 1 >= offsets.length) {
      offsets = Arrays.copyOf(offsets, Math.max(row + 2, 2 * offsets.length));
    }
    int start = offsets[row];
    int end = Math.addExact(start, length);
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8L, larger(end)));
    }
    offsets[row + 1] = end;
    return start;
  }

  private long larger(int end) {
    return Math.max(end, 2L * bytes.length);
  }

  @Override
  void placeNull(int row) {
    if (row + 1 >= offsets.length) {
      offsets = Arrays.copyOf(offsets, Math.max(row + 2, 2 * offsets.length));
    }
    offsets[row + 1] = offsets[row];
  }

  @Override
  ColumnVector take(boolean @Nullable [] known, int rows) {
    int used = offsets[rows];
    ColumnVector taken = new ColumnVector.Bytes(known, offsets, bytes);
    offsets = new int[offsets.length];
    bytes = new byte[Math.max(FIRST_BYTES, used + (used >> SPARE_SHIFT))];
    return taken;
  }

  @Override
  long valueBytes(int rows) {
    return (long) rows * Integer.BYTES + offsets[rows];
  }
}
