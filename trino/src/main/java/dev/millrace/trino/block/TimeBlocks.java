package dev.millrace.trino.block;

import static io.trino.spi.type.DateTimeEncoding.packDateTimeWithZone;

import dev.millrace.connector.page.ColumnVector;
import io.trino.spi.block.Block;
import io.trino.spi.block.Fixed12Block;
import io.trino.spi.type.TimeZoneKey;
import io.trino.spi.type.TimestampWithTimeZoneType;
import io.trino.spi.type.Type;
import org.jspecify.annotations.Nullable;

/** Times that are more than one plain number. All of them are in UTC. */
final class TimeBlocks {
  private static final int MICROS_PER_MILLI = 1_000;
  private static final int PICOS_PER_MICRO = 1_000_000;
  private static final int PICOS_PER_NANO = 1_000;
  private static final int INTS_PER_VALUE = 3;

  private TimeBlocks() {}

  /** Instants given in microseconds. */
  static Block instants(TimestampWithTimeZoneType type, ColumnVector.Longs vector, int count) {
    return type.isShort() ? millis(vector, count) : micros(vector, count);
  }

  private static Block millis(ColumnVector.Longs vector, int count) {
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      long millis = Math.floorDiv(valueOf(vector.nulls(), vector.values(), i), MICROS_PER_MILLI);
      values[i] = packDateTimeWithZone(millis, TimeZoneKey.UTC_KEY);
    }
    return Blocks.longs(vector.nulls(), values, count);
  }

  private static Block micros(ColumnVector.Longs vector, int count) {
    int[] values = new int[INTS_PER_VALUE * count];
    for (int i = 0; i < count; i++) {
      instant(valueOf(vector.nulls(), vector.values(), i), 0, values, i);
    }
    return new Fixed12Block(count, Blocks.valid(vector.nulls(), count), values);
  }

  /** Times of more than six digits. */
  static Block of(Type type, ColumnVector.FineTimes vector, int count) {
    int[] values = new int[INTS_PER_VALUE * count];
    for (int i = 0; i < count; i++) {
      long micros = valueOf(vector.nulls(), vector.epochMicros(), i);
      int picos = vector.nanosOfMicro()[i] * PICOS_PER_NANO;
      if (type instanceof TimestampWithTimeZoneType) {
        instant(micros, picos, values, i);
      } else {
        Fixed12Block.encodeFixed12(micros, picos, values, i);
      }
    }
    return new Fixed12Block(count, Blocks.valid(vector.nulls(), count), values);
  }

  private static void instant(long micros, int picosOfMicro, int[] values, int position) {
    long millis = Math.floorDiv(micros, MICROS_PER_MILLI);
    int picos = Math.floorMod(micros, MICROS_PER_MILLI) * PICOS_PER_MICRO + picosOfMicro;
    Fixed12Block.encodeFixed12(
        packDateTimeWithZone(millis, TimeZoneKey.UTC_KEY), picos, values, position);
  }

  /** What an array holds at a NULL may be no time that can be packed. */
  private static long valueOf(boolean @Nullable [] nulls, long[] values, int position) {
    return nulls != null && nulls[position] ? 0 : values[position];
  }
}
