package dev.millrace.infer;

import dev.millrace.decode.row.NestedValue;
import dev.millrace.decode.row.RowSink;
import dev.millrace.stream.SequenceNumber;
import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Counts what a sample decodes to. */
final class SampleRows implements RowSink {
  private final boolean[] present;
  private final long[] nulls;
  private final @Nullable SequenceNumber[] invalid;
  private final long[] invalids;
  private SequenceNumber record = new SequenceNumber("0");
  private long rows;
  private long bad;
  private boolean badRow;
  private String reason = "";
  private SequenceNumber firstBad = record;

  SampleRows(int columns) {
    this.present = new boolean[columns];
    this.nulls = new long[columns];
    this.invalid = new SequenceNumber[columns];
    this.invalids = new long[columns];
  }

  /** Rows of this record follow. */
  void startRecord(SequenceNumber sequence) {
    record = sequence;
  }

  long rows() {
    return rows;
  }

  long nulls(int column) {
    return nulls[column];
  }

  /** The first record with a value that the column does not take; null where there is none. */
  @Nullable SequenceNumber invalid(int column) {
    return invalid[column];
  }

  /** How many values the column does not take. */
  long invalids(int column) {
    return invalids[column];
  }

  /** Messages that could not be read, or not to their end. */
  long bad() {
    return bad;
  }

  /** Why the first of them could not. */
  String reason() {
    return reason;
  }

  SequenceNumber firstBad() {
    return firstBad;
  }

  @Override
  public void begin() {
    Arrays.fill(present, false);
    badRow = false;
  }

  @Override
  public void setBoolean(int column, boolean value) {
    present[column] = true;
  }

  @Override
  public void setLong(int column, long value) {
    present[column] = true;
  }

  @Override
  public void setDouble(int column, double value) {
    present[column] = true;
  }

  @Override
  public void setDecimal(int column, BigDecimal value) {
    present[column] = true;
  }

  @Override
  public void setText(int column, byte[] utf8, int offset, int length) {
    present[column] = true;
  }

  @Override
  public void setBytes(int column, byte[] bytes, int offset, int length) {
    present[column] = true;
  }

  @Override
  public void setUuid(int column, long mostSignificant, long leastSignificant) {
    present[column] = true;
  }

  @Override
  public void setDate(int column, long epochDay) {
    present[column] = true;
  }

  @Override
  public void setTime(int column, long nanosOfDay) {
    present[column] = true;
  }

  @Override
  public void setTimestamp(int column, long epochMicros, int nanosOfMicro) {
    present[column] = true;
  }

  @Override
  public void setNested(int column, NestedValue value) {
    present[column] = true;
  }

  @Override
  public void setNull(int column) {
    present[column] = false;
  }

  @Override
  public void invalid(int column, String reason) {
    present[column] = false;
    invalids[column]++;
    if (invalid[column] == null) {
      invalid[column] = record;
    }
  }

  @Override
  public void incomplete(String reason) {
    bad(reason);
  }

  @Override
  public void commit() {
    rows++;
    for (int i = 0; i < present.length; i++) {
      if (!present[i]) {
        nulls[i]++;
      }
    }
  }

  @Override
  public void reject(String reason) {
    bad(reason);
    Arrays.fill(present, false);
    commit();
  }

  private void bad(String why) {
    if (badRow) {
      return;
    }
    badRow = true;
    if (bad++ == 0) {
      reason = why;
      firstBad = record;
    }
  }
}
