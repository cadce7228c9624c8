package dev.millrace.connector.split;

import dev.millrace.connector.page.ColumnBuilder;
import dev.millrace.decode.row.NestedValue;
import dev.millrace.decode.row.RowSink;
import dev.millrace.stream.UserRecord;
import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes decoded rows into a page's columns. A row that does not stand is undone: the next one takes
 * its place.
 */
final class RowCollector implements RowSink {
  private static final int WHOLE_ROW = -1;

  private final @Nullable ColumnBuilder[] columns;
  private final RecordColumns recordColumns;
  private final RowColumns rowColumns;
  private final BadRows badRows;
  private final long most;
  private final Runnable pageIsFull;
  private @Nullable UserRecord record;
  private @Nullable String error;

  /** The column that the error is about: a row tells of its first. */
  private int errorColumn;

  private int row;
  private long ofRecord;

  /** Rows of the record that it made before it had to be decoded again: they stand. */
  private long madeBefore;

  private long total;
  private long bad;

  /**
   * @param columns by the decoder's numbers; null where a column is decoded only to be checked
   * @param most rows of the whole split; more are passed over
   * @param pageIsFull runs when a page has all the rows it may have
   */
  RowCollector(
      @Nullable ColumnBuilder[] columns,
      RecordColumns recordColumns,
      RowColumns rowColumns,
      BadRows badRows,
      long most,
      Runnable pageIsFull) {
    this.columns = columns;
    this.recordColumns = recordColumns;
    this.rowColumns = rowColumns;
    this.badRows = badRows;
    this.most = most;
    this.pageIsFull = pageIsFull;
  }

  /** Whose rows come next. */
  void startRecord(UserRecord next) {
    record = next;
    ofRecord = 0;
    madeBefore = 0;
  }

  /** The same record's rows come again, from its first, and then those that are missing. */
  void startAgain() {
    madeBefore = Math.max(madeBefore, ofRecord);
    ofRecord = 0;
  }

  /** The rows so far are taken: the next one is a page's first. */
  void startPage() {
    row = 0;
  }

  /** Rows of the page. */
  int rows() {
    return row;
  }

  /** Rows of all pages. */
  long total() {
    return total;
  }

  long badRows() {
    return bad;
  }

  @Override
  public void begin() {
    error = null;
  }

  @Override
  public void setBoolean(int column, boolean value) {
    setLong(column, value ? 1 : 0);
  }

  @Override
  public void setLong(int column, long value) {
    ColumnBuilder builder = columns[column];
    if (builder != null) {
      builder.setLong(row, value);
    }
  }

  @Override
  public void setDouble(int column, double value) {
    ColumnBuilder builder = columns[column];
    if (builder != null) {
      builder.setDouble(row, value);
    }
  }

  @Override
  public void setDecimal(int column, BigDecimal value) {
    ColumnBuilder builder = columns[column];
    if (builder != null) {
      builder.setDecimal(row, value);
    }
  }

  @Override
  public void setText(int column, byte[] utf8, int offset, int length) {
    setBytes(column, utf8, offset, length);
  }

  @Override
  public void setBytes(int column, byte[] bytes, int offset, int length) {
    ColumnBuilder builder = columns[column];
    if (builder != null) {
      builder.setBytes(row, bytes, offset, length);
    }
  }

  @Override
  public void setUuid(int column, long mostSignificant, long leastSignificant) {
    ColumnBuilder builder = columns[column];
    if (builder != null) {
      builder.setUuid(row, mostSignificant, leastSignificant);
    }
  }

  @Override
  public void setDate(int column, long epochDay) {
    setLong(column, epochDay);
  }

  @Override
  public void setTime(int column, long nanosOfDay) {
    setLong(column, nanosOfDay);
  }

  @Override
  public void setTimestamp(int column, long epochMicros, int nanosOfMicro) {
    ColumnBuilder builder = columns[column];
    if (builder != null) {
      builder.setTimestamp(row, epochMicros, nanosOfMicro);
    }
  }

  @Override
  public void setNested(int column, NestedValue value) {
    ColumnBuilder builder = columns[column];
    if (builder != null) {
      builder.setNested(row, value);
    }
  }

  @Override
  public void setNull(int column) {
    ColumnBuilder builder = columns[column];
    if (builder != null) {
      builder.setNull(row);
    }
  }

  @Override
  public void invalid(int column, String reason) {
    setNull(column);
    if (error == null || column < errorColumn) {
      error = reason;
      errorColumn = column;
    }
  }

  @Override
  public void incomplete(String reason) {
    error = reason;
    errorColumn = WHOLE_ROW;
  }

  @Override
  public void reject(String reason) {
    undo();
    incomplete(reason);
    commit();
  }

  private void undo() {
    for (ColumnBuilder builder : columns) {
      if (builder != null) {
        builder.undo(row);
      }
    }
  }

  @Override
  public void commit() {
    UserRecord of = Objects.requireNonNull(record);
    long number = ofRecord++;
    if (number < madeBefore) {
      undo();
      return;
    }
    if (error != null) {
      bad++;
      if (!badRows.stands(of, error)) {
        undo();
        return;
      }
    }
    if (total >= most) {
      undo();
      return;
    }
    rowColumns.set(row, number, total, error);
    recordColumns.addRow(of);
    row++;
    total++;
    if (row == PageMaker.FULL_ROWS) {
      pageIsFull.run();
    }
  }
}
