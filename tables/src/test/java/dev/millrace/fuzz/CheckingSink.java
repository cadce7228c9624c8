package dev.millrace.fuzz;

import dev.millrace.decode.row.NestedValue;
import dev.millrace.decode.row.RowSink;
import dev.millrace.table.Column;
import dev.millrace.table.ColumnType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;

/**
 * Checks that rows are given as agreed, with values of their columns' types, and keeps hashes only:
 * those of the first rows by column, to compare decoders by.
 */
final class CheckingSink implements RowSink {
  static final int KEPT_ROWS = 64;
  static final long NULL = 0;
  static final long INVALID = 1;

  /** What a row came to. */
  enum End {
    WHOLE,
    FAULTY,
    INCOMPLETE,
    REJECTED
  }

  private static final int LONGEST_REASON = 1_000;

  private final List<Column> columns;
  private final ValueChecks checks = new ValueChecks();
  private final NestedChecks nested = new NestedChecks(checks);
  private final long[] row;
  private final long[][] kept;
  private final End[] ends = new End[KEPT_ROWS];
  private boolean open;
  private boolean faulty;
  private boolean incomplete;
  private int rows;

  /** The same, for other threads. */
  private volatile int rowsShown;

  private int whole;
  private long digest;
  private String reason = "";

  CheckingSink(List<Column> columns) {
    this.columns = columns;
    this.row = new long[columns.size()];
    this.kept = new long[KEPT_ROWS][columns.size()];
  }

  /** Forgets all rows. */
  void reset() {
    open = false;
    rows = 0;
    whole = 0;
    digest = 0;
    reason = "";
  }

  int rows() {
    return rows;
  }

  int rowsShown() {
    return rowsShown;
  }

  int wholeRows() {
    return whole;
  }

  long digest() {
    return digest;
  }

  /** The reason given last. */
  String reason() {
    return reason;
  }

  End end(int index) {
    return ends[index];
  }

  long value(int index, int column) {
    return kept[index][column];
  }

  void checkAllEnded() {
    check(!open, "a row is begun and not ended");
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }

  @Override
  public void begin() {
    check(!open, "a row begins within a row");
    open = true;
    faulty = false;
    incomplete = false;
    Arrays.fill(row, NULL);
  }

  private ColumnType type(int column) {
    check(open, "a value outside of a row");
    check(column >= 0 && column < row.length, "there is no such column");
    return columns.get(column).type();
  }

  private void put(int column, long hash) {
    row[column] = hash == NULL || hash == INVALID ? 2 : hash;
  }

  @Override
  public void setBoolean(int column, boolean value) {
    put(column, checks.bool(type(column), value));
  }

  @Override
  public void setLong(int column, long value) {
    put(column, checks.whole(type(column), value));
  }

  @Override
  public void setDouble(int column, double value) {
    put(column, checks.floating(type(column), value));
  }

  @Override
  public void setDecimal(int column, BigDecimal value) {
    put(column, checks.decimal(type(column), value));
  }

  @Override
  public void setText(int column, byte[] utf8, int offset, int length) {
    put(column, checks.text(type(column), utf8, offset, length));
  }

  @Override
  public void setBytes(int column, byte[] bytes, int offset, int length) {
    put(column, checks.bytes(type(column), bytes, offset, length));
  }

  @Override
  public void setUuid(int column, long mostSignificant, long leastSignificant) {
    put(column, checks.uuid(type(column), mostSignificant, leastSignificant));
  }

  @Override
  public void setDate(int column, long epochDay) {
    put(column, checks.date(type(column), epochDay));
  }

  @Override
  public void setTime(int column, long nanosOfDay) {
    put(column, checks.time(type(column), nanosOfDay));
  }

  @Override
  public void setTimestamp(int column, long epochMicros, int nanosOfMicro) {
    put(column, checks.timestamp(type(column), epochMicros, nanosOfMicro));
  }

  @Override
  public void setNested(int column, NestedValue value) {
    put(column, nested.check(type(column), value));
  }

  @Override
  public void setNull(int column) {
    type(column);
    row[column] = NULL;
  }

  @Override
  public void invalid(int column, String why) {
    type(column);
    reason(why);
    row[column] = INVALID;
    faulty = true;
  }

  @Override
  public void incomplete(String why) {
    check(open, "a reason outside of a row");
    reason(why);
    incomplete = true;
  }

  @Override
  public void commit() {
    check(open, "the end of no row");
    end(incomplete ? End.INCOMPLETE : faulty ? End.FAULTY : End.WHOLE);
  }

  @Override
  public void reject(String why) {
    check(open, "the end of no row");
    reason(why);
    Arrays.fill(row, NULL);
    end(End.REJECTED);
  }

  private void end(End end) {
    if (rows < KEPT_ROWS) {
      System.arraycopy(row, 0, kept[rows], 0, row.length);
      ends[rows] = end;
    }
    digest = 31 * (31 * digest + Arrays.hashCode(row)) + end.name().length();
    whole += end == End.WHOLE ? 1 : 0;
    rows++;
    rowsShown = rows;
    open = false;
  }

  private void reason(String why) {
    reason = why;
    check(!why.isBlank(), "a reason that says nothing");
    if (why.length() > LONGEST_REASON) {
      throw new AssertionError("a reason of " + why.length() + " characters: " + why);
    }
    for (int i = 0; i < why.length(); i++) {
      if (Character.isISOControl(why.charAt(i))) {
        throw new AssertionError("a reason with a control character: " + why);
      }
    }
  }
}
