package dev.millrace.trino.block;

import dev.millrace.connector.page.ColumnVector;
import io.trino.spi.block.Block;
import io.trino.spi.block.ByteArrayBlock;
import io.trino.spi.block.IntArrayBlock;
import io.trino.spi.block.ShortArrayBlock;
import io.trino.spi.type.BooleanType;
import io.trino.spi.type.DateType;
import io.trino.spi.type.IntegerType;
import io.trino.spi.type.SmallintType;
import io.trino.spi.type.TimeType;
import io.trino.spi.type.TimestampWithTimeZoneType;
import io.trino.spi.type.TinyintType;
import io.trino.spi.type.Type;

/** Whole numbers, and what a whole number stands for, as wide as each type wants them. */
final class LongBlocks {
  private static final long PICOS_PER_NANO = 1_000;

  private LongBlocks() {}

  static Block of(Type type, ColumnVector.Longs vector, int count) {
    return switch (type) {
      case BooleanType b -> bytes(vector, count);
      case TinyintType t -> bytes(vector, count);
      case SmallintType s -> shorts(vector, count);
      case IntegerType i -> ints(vector, count);
      case DateType d -> ints(vector, count);
      case TimeType t -> picoseconds(vector, count);
      case TimestampWithTimeZoneType t -> TimeBlocks.instants(t, vector, count);
      default -> Blocks.longs(vector.nulls(), vector.values(), count);
    };
  }

  private static Block bytes(ColumnVector.Longs vector, int count) {
    byte[] values = new byte[count];
    for (int i = 0; i < count; i++) {
      values[i] = (byte) vector.values()[i];
    }
    return new ByteArrayBlock(count, Blocks.valid(vector.nulls(), count), values);
  }

  private static Block shorts(ColumnVector.Longs vector, int count) {
    short[] values = new short[count];
    for (int i = 0; i < count; i++) {
      values[i] = (short) vector.values()[i];
    }
    return new ShortArrayBlock(count, Blocks.valid(vector.nulls(), count), values);
  }

  private static Block ints(ColumnVector.Longs vector, int count) {
    int[] values = new int[count];
    for (int i = 0; i < count; i++) {
      values[i] = (int) vector.values()[i];
    }
    return new IntArrayBlock(count, Blocks.valid(vector.nulls(), count), values);
  }

  private static Block picoseconds(ColumnVector.Longs vector, int count) {
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = vector.values()[i] * PICOS_PER_NANO;
    }
    return Blocks.longs(vector.nulls(), values, count);
  }
}
