package dev.millrace.presto;

import com.facebook.presto.common.block.Block;
import com.facebook.presto.common.block.ByteArrayBlock;
import com.facebook.presto.common.block.Int128ArrayBlock;
import com.facebook.presto.common.block.IntArrayBlock;
import com.facebook.presto.common.block.LongArrayBlock;
import com.facebook.presto.common.block.ShortArrayBlock;
import com.facebook.presto.common.block.VariableWidthBlock;
import com.facebook.presto.common.type.DateTimeEncoding;
import com.facebook.presto.common.type.TimeZoneKey;
import dev.millrace.connector.page.ColumnVector.Bytes;
import dev.millrace.connector.page.ColumnVector.Doubles;
import dev.millrace.connector.page.ColumnVector.Longs;
import dev.millrace.connector.page.ColumnVector.Wide;
import io.airlift.slice.Slices;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Arrays as blocks of values without parts. What the block has as it is, is not copied. */
final class PlainBlocks {
  private static final long SIGN = 1L << 63;

  private PlainBlocks() {}

  static Block longs(Longs vector, int rows) {
    return new LongArrayBlock(rows, Optional.ofNullable(vector.nulls()), vector.values());
  }

  static Block ints(Longs vector, int rows) {
    int[] ints = new int[rows];
    for (int i = 0; i < rows; i++) {
      ints[i] = (int) vector.values()[i];
    }
    return new IntArrayBlock(rows, Optional.ofNullable(vector.nulls()), ints);
  }

  static Block shorts(Longs vector, int rows) {
    short[] shorts = new short[rows];
    for (int i = 0; i < rows; i++) {
      shorts[i] = (short) vector.values()[i];
    }
    return new ShortArrayBlock(rows, Optional.ofNullable(vector.nulls()), shorts);
  }

  /** BOOLEAN and TINYINT. */
  static Block bytes(Longs vector, int rows) {
    byte[] bytes = new byte[rows];
    for (int i = 0; i < rows; i++) {
      bytes[i] = (byte) vector.values()[i];
    }
    return new ByteArrayBlock(rows, Optional.ofNullable(vector.nulls()), bytes);
  }

  static Block doubles(Doubles vector, int rows) {
    long[] bits = new long[rows];
    for (int i = 0; i < rows; i++) {
      bits[i] = Double.doubleToLongBits(vector.values()[i]);
    }
    return new LongArrayBlock(rows, Optional.ofNullable(vector.nulls()), bits);
  }

  static Block reals(Doubles vector, int rows) {
    int[] bits = new int[rows];
    for (int i = 0; i < rows; i++) {
      bits[i] = Float.floatToIntBits((float) vector.values()[i]);
    }
    return new IntArrayBlock(rows, Optional.ofNullable(vector.nulls()), bits);
  }

  static Block texts(Bytes vector, int rows) {
    return new VariableWidthBlock(
        rows,
        Slices.wrappedBuffer(vector.bytes()),
        vector.offsets(),
        Optional.ofNullable(vector.nulls()));
  }

  /** TIME, of nanoseconds since midnight. */
  static Block times(Longs vector, int rows, WallClock clock) {
    long[] millis = new long[rows];
    for (int i = 0; i < rows; i++) {
      millis[i] = clock.millis(Math.floorDiv(vector.values()[i], 1_000_000L));
    }
    return new LongArrayBlock(rows, Optional.ofNullable(vector.nulls()), millis);
  }

  /** TIMESTAMP. */
  static Block readings(boolean @Nullable [] nulls, long[] epochMicros, int rows, WallClock clock) {
    long[] millis = new long[rows];
    for (int i = 0; i < rows; i++) {
      millis[i] = clock.millis(Math.floorDiv(epochMicros[i], 1000L));
    }
    return new LongArrayBlock(rows, Optional.ofNullable(nulls), millis);
  }

  /** TIMESTAMP WITH TIME ZONE, in UTC. */
  static Block instants(boolean @Nullable [] nulls, long[] epochMicros, int rows) {
    long[] packed = new long[rows];
    for (int i = 0; i < rows; i++) {
      packed[i] =
          DateTimeEncoding.packDateTimeWithZone(
              Math.floorDiv(epochMicros[i], 1000L), TimeZoneKey.UTC_KEY);
    }
    return new LongArrayBlock(rows, Optional.ofNullable(nulls), packed);
  }

  /** DECIMAL of more than 18 digits: sign and magnitude there, the low half first. */
  static Block longDecimals(Wide vector, int rows) {
    long[] halves = new long[2 * rows];
    for (int i = 0; i < rows; i++) {
      long high = vector.high()[i];
      long low = vector.low()[i];
      boolean negative = high < 0;
      if (negative) {
        low = -low;
        high = low == 0 ? -high : ~high;
      }
      halves[2 * i] = low;
      halves[2 * i + 1] = negative ? high | SIGN : high;
    }
    return new Int128ArrayBlock(rows, Optional.ofNullable(vector.nulls()), halves);
  }

  /** UUID: the sixteen bytes in their order, as little-endian halves. */
  static Block uuids(Wide vector, int rows) {
    long[] halves = new long[2 * rows];
    for (int i = 0; i < rows; i++) {
      halves[2 * i] = Long.reverseBytes(vector.high()[i]);
      halves[2 * i + 1] = Long.reverseBytes(vector.low()[i]);
    }
    return new Int128ArrayBlock(rows, Optional.ofNullable(vector.nulls()), halves);
  }
}
