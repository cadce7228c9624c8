package dev.millrace.trino.block;

import dev.millrace.connector.page.ColumnVector;
import io.trino.spi.block.Block;
import io.trino.spi.block.Int128ArrayBlock;
import io.trino.spi.type.Type;
import io.trino.spi.type.UuidType;

/** Values of 128 bits. */
final class WideBlocks {
  private WideBlocks() {}

  static Block of(Type type, ColumnVector.Wide vector, int count) {
    long[] pairs = type instanceof UuidType ? uuids(vector, count) : numbers(vector, count);
    return new Int128ArrayBlock(count, Blocks.valid(vector.nulls(), count), pairs);
  }

  private static long[] numbers(ColumnVector.Wide vector, int count) {
    long[] pairs = new long[2 * count];
    for (int i = 0; i < count; i++) {
      pairs[2 * i] = vector.high()[i];
      pairs[2 * i + 1] = vector.low()[i];
    }
    return pairs;
  }

  /** Trino keeps a UUID's bytes in the order they are written in. */
  private static long[] uuids(ColumnVector.Wide vector, int count) {
    long[] pairs = new long[2 * count];
    for (int i = 0; i < count; i++) {
      pairs[2 * i] = Long.reverseBytes(vector.high()[i]);
      pairs[2 * i + 1] = Long.reverseBytes(vector.low()[i]);
    }
    return pairs;
  }
}
