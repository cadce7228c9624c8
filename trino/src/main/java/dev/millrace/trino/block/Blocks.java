package dev.millrace.trino.block;

import dev.millrace.connector.page.ColumnVector;
import io.airlift.slice.Slices;
import io.trino.spi.block.ArrayBlock;
import io.trino.spi.block.Bitmap;
import io.trino.spi.block.Block;
import io.trino.spi.block.DictionaryBlock;
import io.trino.spi.block.LongArrayBlock;
import io.trino.spi.block.MapBlock;
import io.trino.spi.block.RowBlock;
import io.trino.spi.block.RunLengthEncodedBlock;
import io.trino.spi.block.VariableWidthBlock;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.MapType;
import io.trino.spi.type.RowType;
import io.trino.spi.type.StandardTypes;
import io.trino.spi.type.Type;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Vectors as blocks. Where the layout is the same, the block wraps the vector's own arrays. */
public final class Blocks {
  private Blocks() {}

  /** The block of so many values of a column of this type. */
  public static Block of(Type type, ColumnVector vector, int count) {
    return switch (vector) {
      case ColumnVector.Constant constant ->
          RunLengthEncodedBlock.create(of(type, constant.value(), 1), count);
      case ColumnVector.Indexed indexed -> dictionary(type, indexed, count);
      case ColumnVector.Longs longs -> LongBlocks.of(type, longs, count);
      case ColumnVector.FineTimes times -> TimeBlocks.of(type, times, count);
      case ColumnVector.Doubles doubles -> DoubleBlocks.of(type, doubles, count);
      case ColumnVector.Wide wide -> WideBlocks.of(type, wide, count);
      case ColumnVector.Bytes bytes -> bytes(type, bytes, count);
      case ColumnVector.Arrays arrays -> array(type, arrays, count);
      case ColumnVector.Maps maps -> map(type, maps, count);
      case ColumnVector.Rows rows -> row(type, rows, count);
    };
  }

  private static Block dictionary(Type type, ColumnVector.Indexed indexed, int count) {
    int values = 0;
    for (int i = 0; i < count; i++) {
      values = Math.max(values, indexed.ids()[i] + 1);
    }
    return DictionaryBlock.create(count, of(type, indexed.values(), values), indexed.ids());
  }

  private static Block bytes(Type type, ColumnVector.Bytes vector, int count) {
    ColumnVector.Bytes bytes =
        type.getBaseName().equals(StandardTypes.JSON) ? CanonicalJson.of(vector, count) : vector;
    return new VariableWidthBlock(
        count, Slices.wrappedBuffer(bytes.bytes()), bytes.offsets(), valid(bytes.nulls(), count));
  }

  private static Block array(Type type, ColumnVector.Arrays arrays, int count) {
    Type elementType = ((ArrayType) type).getElementType();
    Block elements = of(elementType, arrays.elements(), arrays.offsets()[count]);
    return ArrayBlock.fromElementBlock(
        count, valid(arrays.nulls(), count), arrays.offsets(), elements);
  }

  private static Block map(Type type, ColumnVector.Maps maps, int count) {
    MapType mapType = (MapType) type;
    int entries = maps.offsets()[count];
    return MapBlock.fromKeyValueBlock(
        valid(maps.nulls(), count),
        maps.offsets(),
        count,
        of(mapType.getKeyType(), maps.keys(), entries),
        of(mapType.getValueType(), maps.values(), entries),
        mapType);
  }

  private static Block row(Type type, ColumnVector.Rows rows, int count) {
    List<Type> types = ((RowType) type).getFieldTypes();
    Block[] fields = new Block[types.size()];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = of(types.get(i), rows.fields().get(i), count);
    }
    return RowBlock.fromNotNullSuppressedFieldBlocks(count, valid(rows.nulls(), count), fields);
  }

  /** Trino marks the values that are there; a vector those that are not. */
  static Optional<long[]> valid(boolean @Nullable [] nulls, int count) {
    if (nulls == null) {
      return Optional.empty();
    }
    long[] words = new long[Bitmap.wordsForBits(count)];
    boolean some = false;
    for (int i = 0; i < count; i++) {
      if (nulls[i]) {
        some = true;
      } else {
        words[i >> 6] |= 1L << i;
      }
    }
    return some ? Optional.of(words) : Optional.empty();
  }

  /** The values themselves, as they are. */
  static Block longs(boolean @Nullable [] nulls, long[] values, int count) {
    return new LongArrayBlock(count, valid(nulls, count), values);
  }
}
