package dev.millrace.bench;

import dev.millrace.decode.RowDecoder;
import dev.millrace.decode.row.NestedValue;
import dev.millrace.decode.row.RowSink;
import dev.millrace.stream.UserRecord;
import dev.millrace.table.TableDefinition;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rows decoded before and given again in the same order, one for each record. */
final class Replay implements RowDecoder {
  private final RowDecoder decoder;
  private final int columns;
  private final List<Row> rows = new ArrayList<>();
  private int next;

  Replay(RowDecoder decoder, TableDefinition definition) {
    this.decoder = decoder;
    this.columns = definition.columns().size();
  }

  void remember(UserRecord record) {
    Row row = new Row(columns);
    decoder.decode(record, row);
    rows.add(row);
  }

  void rewind() {
    next = 0;
  }

  @Override
  public void decode(UserRecord record, RowSink sink) {
    rows.get(next++).replay(sink);
  }

  /** One row's values. */
  private static final class Row implements RowSink {
    private final @Nullable Object[] values;

    Row(int columns) {
      values = new @Nullable Object[columns];
    }

    void replay(RowSink sink) {
      sink.begin();
      for (int i = 0; i < values.length; i++) {
        Object value = values[i];
        if (value instanceof byte[] text) {
          sink.setText(i, text, 0, text.length);
        } else if (value instanceof Long number) {
          sink.setLong(i, number);
        } else if (value instanceof Double number) {
          sink.setDouble(i, number);
        } else if (value instanceof BigDecimal number) {
          sink.setDecimal(i, number);
        } else {
          sink.setBoolean(i, (Boolean) Objects.requireNonNull(value));
        }
      }
      sink.commit();
    }

    @Override
    public void begin() {}

    @Override
    public void setBoolean(int column, boolean value) {
      values[column] = value;
    }

    @Override
    public void setLong(int column, long value) {
      values[column] = value;
    }

    @Override
    public void setDouble(int column, double value) {
      values[column] = value;
    }

    @Override
    public void setDecimal(int column, BigDecimal value) {
      values[column] = value;
    }

    @Override
    public void setText(int column, byte[] utf8, int offset, int length) {
      values[column] = Arrays.copyOfRange(utf8, offset, offset + length);
    }

    @Override
    public void setBytes(int column, byte[] bytes, int offset, int length) {
      throw unexpected();
    }

    @Override
    public void setUuid(int column, long mostSignificant, long leastSignificant) {
      throw unexpected();
    }

    @Override
    public void setDate(int column, long epochDay) {
      throw unexpected();
    }

    @Override
    public void setTime(int column, long nanosOfDay) {
      throw unexpected();
    }

    @Override
    public void setTimestamp(int column, long epochMicros, int nanosOfMicro) {
      throw unexpected();
    }

    @Override
    public void setNested(int column, NestedValue value) {
      throw unexpected();
    }

    @Override
    public void setNull(int column) {
      throw unexpected();
    }

    @Override
    public void invalid(int column, String reason) {
      throw new IllegalStateException(reason);
    }

    @Override
    public void incomplete(String reason) {
      throw new IllegalStateException(reason);
    }

    @Override
    public void commit() {}

    @Override
    public void reject(String reason) {
      throw new IllegalStateException(reason);
    }

    private static IllegalStateException unexpected() {
      return new IllegalStateException("The benchmark's definition has no such column");
    }
  }
}
