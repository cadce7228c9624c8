package dev.millrace.connector.split;

import dev.millrace.connector.page.ColumnPage;
import dev.millrace.connector.page.ColumnVector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Pages as a person reads them. */
public final class PageText {
  private PageText() {}

  /** Each row's values, with bars between. */
  public static List<String> rows(ColumnPage page) {
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < page.rows(); row++) {
      StringJoiner values = new StringJoiner("|");
      for (ColumnVector column : page.columns()) {
        values.add(value(column, row));
      }
      rows.add(values.toString());
    }
    return rows;
  }

  /** One value. */
  public static String value(ColumnVector column, int row) {
    if (column instanceof ColumnVector.Constant constant) {
      return value(constant.value(), 0);
    } else if (column instanceof ColumnVector.Indexed indexed) {
      return value(indexed.values(), indexed.ids()[row]);
    } else if (column instanceof ColumnVector.Longs longs) {
      return isNull(longs.nulls(), row) ? "NULL" : Long.toString(longs.values()[row]);
    } else if (column instanceof ColumnVector.Doubles doubles) {
      return isNull(doubles.nulls(), row) ? "NULL" : Double.toString(doubles.values()[row]);
    } else if (column instanceof ColumnVector.Wide wide) {
      return isNull(wide.nulls(), row) ? "NULL" : wide.high()[row] + ":" + wide.low()[row];
    } else if (column instanceof ColumnVector.FineTimes times) {
      return isNull(times.nulls(), row)
          ? "NULL"
          : times.epochMicros()[row] + "." + times.nanosOfMicro()[row];
    } else if (column instanceof ColumnVector.Bytes bytes) {
      int from = bytes.offsets()[row];
      int length = bytes.offsets()[row + 1] - from;
      return isNull(bytes.nulls(), row)
          ? "NULL"
          : new String(bytes.bytes(), from, length, StandardCharsets.UTF_8);
    }
    return nested(column, row);
  }

  private static String nested(ColumnVector column, int row) {
    if (column instanceof ColumnVector.Arrays arrays) {
      StringJoiner elements = new StringJoiner(",", "[", "]");
      for (int i = arrays.offsets()[row]; i < arrays.offsets()[row + 1]; i++) {
        elements.add(value(arrays.elements(), i));
      }
      return isNull(arrays.nulls(), row) ? "NULL" : elements.toString();
    } else if (column instanceof ColumnVector.Maps maps) {
      StringJoiner entries = new StringJoiner(",", "{", "}");
      for (int i = maps.offsets()[row]; i < maps.offsets()[row + 1]; i++) {
        entries.add(value(maps.keys(), i) + "=" + value(maps.values(), i));
      }
      return isNull(maps.nulls(), row) ? "NULL" : entries.toString();
    } else if (column instanceof ColumnVector.Rows rows) {
      StringJoiner fields = new StringJoiner(",", "(", ")");
      rows.fields().forEach(field -> fields.add(value(field, row)));
      return isNull(rows.nulls(), row) ? "NULL" : fields.toString();
    }
    throw new AssertionError(column);
  }

  private static boolean isNull(boolean @Nullable [] nulls, int row) {
    return nulls != null && nulls[row];
  }
}
