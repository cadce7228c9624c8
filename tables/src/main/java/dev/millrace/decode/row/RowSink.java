package dev.millrace.decode.row;

import java.math.BigDecimal;

/**
 * Takes rows, value by value, without an object for a field. A sink buffers one row, so that a late
 * failure undoes it.
 *
 * <p>{@code column} is the column's index among those the decoder was compiled for. Values come in
 * any order between {@link #begin} and {@link #commit} or {@link #reject}; the last one for a
 * column wins; a column without one is NULL. Each setter serves the types named at it; a decoder
 * has checked the value against the column's type, precision and range.
 *
 * <p>Arrays and nested values handed over are valid during the call only.
 */
public interface RowSink {

  void begin();

  /** BOOLEAN. */
  void setBoolean(int column, boolean value);

  /** TINYINT, SMALLINT, INTEGER, BIGINT. */
  void setLong(int column, long value);

  /** REAL, DOUBLE. */
  void setDouble(int column, double value);

  /** DECIMAL, with the column's own scale. */
  void setDecimal(int column, BigDecimal value);

  /** VARCHAR, JSON: valid UTF-8. */
  void setText(int column, byte[] utf8, int offset, int length);

  /** VARBINARY. */
  void setBytes(int column, byte[] bytes, int offset, int length);

  /** UUID. */
  void setUuid(int column, long mostSignificant, long leastSignificant);

  /** DATE: days since the epoch. */
  void setDate(int column, long epochDay);

  /** TIME: nanoseconds since midnight. */
  void setTime(int column, long nanosOfDay);

  /**
   * TIMESTAMP and TIMESTAMP WITH TIME ZONE, in UTC.
   *
   * @param nanosOfMicro 0 to 999, what precisions above 6 add
   */
  void setTimestamp(int column, long epochMicros, int nanosOfMicro);

  /** ARRAY, MAP, ROW. */
  void setNested(int column, NestedValue value);

  /** NULL, also where a value was set before. */
  void setNull(int column);

  /**
   * One value of the row could not be decoded: the column is NULL, the row stands and is marked as
   * not valid. The first reason of a row is its {@code _error}.
   */
  void invalid(int column, String reason);

  /**
   * Something of the message is not in the row: the values stand and the row is marked as not
   * valid.
   */
  void incomplete(String reason);

  /** The row is whole. */
  void commit();

  /**
   * The row, or the whole message, could not be decoded: what was set since {@link #begin} is
   * undone. The sink's policy decides what stands in its place.
   */
  void reject(String reason);
}
