package dev.millrace.connector.page;

import dev.millrace.decode.row.NestedValue;
import dev.millrace.table.ColumnType;
import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes one column of a page, in arrays that become the vector's own.
 *
 * <p>A value is set at its row. Rows come in order; those passed over are NULL, and whatever was
 * set at a row or after it is forgotten when the row is set again, or undone. So a row that turns
 * out to be none costs nothing but its place. The setters are those of {@link
 * dev.millrace.decode.row.RowSink}.
 */
public abstract class ColumnBuilder {
  static final int FIRST_ROWS = 256;

  private boolean @Nullable [] nulls;
  private int filled;

  ColumnBuilder() {}

  /** A builder of a type's values. */
  public static ColumnBuilder of(ColumnType type) {
    if (type instanceof ColumnType.Plain plain) {
      return switch (plain) {
        case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, DATE -> new LongsBuilder();
        case REAL, DOUBLE -> new DoublesBuilder();
        case VARCHAR, VARBINARY, JSON -> new BytesBuilder();
        case UUID -> new WideBuilder();
      };
    } else if (type instanceof ColumnType.BoundedVarchar) {
      return new BytesBuilder();
    } else if (type instanceof ColumnType.Decimal decimal) {
      return decimal.precision() <= 18 ? new LongsBuilder() : new WideBuilder();
    } else if (type instanceof ColumnType.Time) {
      return new LongsBuilder();
    } else if (type instanceof ColumnType.Timestamp time) {
      return ofTimes(time.precision());
    } else if (type instanceof ColumnType.TimestampWithTimeZone time) {
      return ofTimes(time.precision());
    } else if (type instanceof ColumnType.Array array) {
      return new ArrayBuilder(of(array.element()));
    } else if (type instanceof ColumnType.Map map) {
      return new MapBuilder(of(map.key()), of(map.value()));
    } else if (type instanceof ColumnType.Row row) {
      return new RowBuilder(row.fields().stream().map(field -> of(field.type())).toList());
    }
    throw new AssertionError(type);
  }

  private static ColumnBuilder ofTimes(int precision) {
    return precision <= 6 ? new LongsBuilder() : new FineTimesBuilder();
  }

  public void setBoolean(int row, boolean value) {
    setLong(row, value ? 1 : 0);
  }

  public void setLong(int row, long value) {
    throw refused("a whole number");
  }

  public void setDouble(int row, double value) {
    throw refused("a floating point number");
  }

  public void setDecimal(int row, BigDecimal value) {
    throw refused("a decimal");
  }

  /** Text as UTF-8, or bytes. */
  public void setBytes(int row, byte[] bytes, int offset, int length) {
    throw refused("bytes");
  }

  /** Text of ASCII characters only. */
  public void setAscii(int row, String text) {
    throw refused("text");
  }

  public void setUuid(int row, long mostSignificant, long leastSignificant) {
    throw refused("a UUID");
  }

  public void setTimestamp(int row, long epochMicros, int nanosOfMicro) {
    throw refused("a timestamp");
  }

  public void setNested(int row, NestedValue value) {
    throw refused("a nested value");
  }

  private IllegalStateException refused(String what) {
    return new IllegalStateException(getClass().getSimpleName() + " holds no " + what);
  }

  public final void setNull(int row) {
    place(row);
    boolean[] known = nulls;
    if (known == null) {
      known = new boolean[Math.max(FIRST_ROWS, row + 1)];
    } else if (row >= known.length) {
      known = Arrays.copyOf(known, Math.max(row + 1, 2 * known.length));
    }
    known[row] = true;
    nulls = known;
    placeNull(row);
  }

  /** Forgets what was set at this row and after it. */
  public final void undo(int row) {
    if (filled > row) {
      filled = row;
      undone(row);
    }
  }

  /** The column's first rows as a vector; the builder starts anew. */
  public final ColumnVector build(int rows) {
    moveTo(rows);
    boolean[] known = nulls;
    if (known != null && known.length < rows) {
      known = Arrays.copyOf(known, rows);
    }
    ColumnVector vector = take(known, rows);
    nulls = null;
    filled = 0;
    return vector;
  }

  /** About the memory of what was set. */
  public final long bytes() {
    return valueBytes(filled) + (nulls == null ? 0 : filled);
  }

  /** Makes place for the value of a row. */
  final void place(int row) {
    if (filled != row) {
      moveTo(row);
    }
    if (nulls != null && row < nulls.length) {
      nulls[row] = false;
    }
    filled = row + 1;
  }

  private void moveTo(int row) {
    undo(row);
    while (filled < row) {
      setNull(filled);
    }
  }

  /** Rows that have a value or NULL. */
  final int filled() {
    return filled;
  }

  /** A NULL stands at a row that was placed. */
  void placeNull(int row) {}

  /** Rows from this one on are forgotten. */
  void undone(int row) {}

  /** Hands the arrays over; those of the next vector are as long as these had to be. */
  abstract ColumnVector take(boolean @Nullable [] known, int rows);

  abstract long valueBytes(int rows);
}
