package dev.millrace.presto;

import com.facebook.presto.common.block.ArrayBlock;
import com.facebook.presto.common.block.Block;
import com.facebook.presto.common.block.DictionaryBlock;
import com.facebook.presto.common.block.RowBlock;
import com.facebook.presto.common.block.RunLengthEncodedBlock;
import com.facebook.presto.common.type.MapType;
import dev.millrace.connector.page.ColumnVector;
import dev.millrace.table.ColumnType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The vectors of a page as Presto's blocks, for one session. */
final class PageBlocks {
  private final PrestoTypes types;
  private final WallClock clock;

  PageBlocks(PrestoTypes types, WallClock clock) {
    this.types = types;
    this.clock = clock;
  }

  Block block(ColumnType type, ColumnVector vector, int rows) {
    if (vector instanceof ColumnVector.Constant constant) {
      return new RunLengthEncodedBlock(block(type, constant.value(), 1), rows);
    } else if (vector instanceof ColumnVector.Indexed indexed) {
      return indexed(type, indexed, rows);
    } else if (vector instanceof ColumnVector.Longs longs) {
      return longs(type, longs, rows);
    } else if (vector instanceof ColumnVector.FineTimes times) {
      return times(type, times.nulls(), times.epochMicros(), rows);
    } else if (vector instanceof ColumnVector.Doubles doubles) {
      return type == ColumnType.Plain.REAL
          ? PlainBlocks.reals(doubles, rows)
          : PlainBlocks.doubles(doubles, rows);
    } else if (vector instanceof ColumnVector.Wide wide) {
      return type == ColumnType.Plain.UUID
          ? PlainBlocks.uuids(wide, rows)
          : PlainBlocks.longDecimals(wide, rows);
    } else if (vector instanceof ColumnVector.Bytes bytes) {
      return PlainBlocks.texts(
          type == ColumnType.Plain.JSON ? JsonTexts.canonical(bytes, rows) : bytes, rows);
    } else if (vector instanceof ColumnVector.Arrays arrays) {
      return array((ColumnType.Array) type, arrays, rows);
    } else if (vector instanceof ColumnVector.Maps maps) {
      return map((ColumnType.Map) type, maps, rows);
    } else if (vector instanceof ColumnVector.Rows fields) {
      return row((ColumnType.Row) type, fields, rows);
    }
    throw unfit(type, vector);
  }

  /** The ids count from 0 without gaps, so the greatest tells how many values there are. */
  private Block indexed(ColumnType type, ColumnVector.Indexed vector, int rows) {
    int greatest = 0;
    for (int i = 0; i < rows; i++) {
      greatest = Math.max(greatest, vector.ids()[i]);
    }
    return new DictionaryBlock(rows, block(type, vector.values(), greatest + 1), vector.ids());
  }

  private Block longs(ColumnType type, ColumnVector.Longs vector, int rows) {
    if (type instanceof ColumnType.Plain plain) {
      return switch (plain) {
        case BOOLEAN, TINYINT -> PlainBlocks.bytes(vector, rows);
        case SMALLINT -> PlainBlocks.shorts(vector, rows);
        case INTEGER, DATE -> PlainBlocks.ints(vector, rows);
        case BIGINT -> PlainBlocks.longs(vector, rows);
        case REAL, DOUBLE, VARCHAR, VARBINARY, UUID, JSON -> throw unfit(type, vector);
      };
    } else if (type instanceof ColumnType.Decimal) {
      return PlainBlocks.longs(vector, rows);
    } else if (type instanceof ColumnType.Time) {
      return PlainBlocks.times(vector, rows, clock);
    }
    return times(type, vector.nulls(), vector.values(), rows);
  }

  private Block times(ColumnType type, boolean @Nullable [] nulls, long[] epochMicros, int rows) {
    return type instanceof ColumnType.TimestampWithTimeZone
        ? PlainBlocks.instants(nulls, epochMicros, rows)
        : PlainBlocks.readings(nulls, epochMicros, rows, clock);
  }

  private Block array(ColumnType.Array type, ColumnVector.Arrays vector, int rows) {
    int[] offsets = vector.offsets();
    Block elements = block(type.element(), vector.elements(), offsets[rows]);
    return ArrayBlock.fromElementBlock(
        rows, Optional.ofNullable(vector.nulls()), offsets, elements);
  }

  private Block map(ColumnType.Map type, ColumnVector.Maps vector, int rows) {
    int[] offsets = vector.offsets();
    Block keys = block(type.key(), vector.keys(), offsets[rows]);
    Block values = block(type.value(), vector.values(), offsets[rows]);
    MapType mapType = (MapType) types.of(type);
    return mapType.createBlockFromKeyValue(
        rows, Optional.ofNullable(vector.nulls()), offsets, keys, values);
  }

  /** A NULL row has no values of its fields there, so those that we have are left out. */
  private Block row(ColumnType.Row type, ColumnVector.Rows vector, int rows) {
    List<ColumnVector> parts = vector.fields();
    boolean[] nulls = vector.nulls();
    Block[] fields = new Block[parts.size()];
    for (int i = 0; i < fields.length; i++) {
      Block field = block(type.fields().get(i).type(), parts.get(i), rows);
      fields[i] = nulls == null ? field : present(field, nulls, rows);
    }
    return RowBlock.fromFieldBlocks(rows, Optional.ofNullable(nulls), fields);
  }

  private static Block present(Block block, boolean[] nulls, int rows) {
    int[] positions = new int[rows];
    int count = 0;
    for (int i = 0; i < rows; i++) {
      positions[count] = i;
      count += nulls[i] ? 0 : 1;
    }
    return count == rows ? block : block.copyPositions(positions, 0, count);
  }

  private static IllegalStateException unfit(ColumnType type, ColumnVector vector) {
    return new IllegalStateException(
        "A column of type " + type + " came as " + vector.getClass().getSimpleName());
  }
}
