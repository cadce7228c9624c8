package dev.millrace.trino.block;

import dev.millrace.connector.page.ColumnVector;
import io.trino.spi.block.Block;
import io.trino.spi.block.IntArrayBlock;
import io.trino.spi.type.RealType;
import io.trino.spi.type.Type;

/** Floating point numbers, which Trino keeps as their bits. */
final class DoubleBlocks {
  private DoubleBlocks() {}

  static Block of(Type type, ColumnVector.Doubles vector, int count) {
    return type instanceof RealType ? reals(vector, count) : doubles(vector, count);
  }

  private static Block reals(ColumnVector.Doubles vector, int count) {
    int[] values = new int[count];
    for (int i = 0; i < count; i++) {
      values[i] = Float.floatToIntBits((float) vector.values()[i]);
    }
    return new IntArrayBlock(count, Blocks.valid(vector.nulls(), count), values);
  }

  private static Block doubles(ColumnVector.Doubles vector, int count) {
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = Double.doubleToLongBits(vector.values()[i]);
    }
    return Blocks.longs(vector.nulls(), values, count);
  }
}
