package dev.millrace.connector.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of one column over the rows of a page. {@code nulls} is null where no value is; what
 * the other arrays hold at a NULL means nothing. Arrays may be longer than the page has rows. They
 * are the taker's: nobody writes to them again.
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over to be wrapped, never compared.
public sealed interface ColumnVector {

  /**
   * BOOLEAN as 0 and 1; TINYINT, SMALLINT, INTEGER, BIGINT; DATE as days since the epoch; TIME as
   * nanoseconds since midnight; TIMESTAMP up to microseconds, with and without time zone, as
   * microseconds since the epoch in UTC; DECIMAL of up to 18 digits, unscaled.
   */
  record Longs(boolean @Nullable [] nulls, long[] values) implements ColumnVector {}

  /** TIMESTAMP of more than six digits: the microseconds, and the nanoseconds (0 to 999) on top. */
  record FineTimes(boolean @Nullable [] nulls, long[] epochMicros, short[] nanosOfMicro)
      implements ColumnVector {}

  /** REAL, DOUBLE. */
  record Doubles(boolean @Nullable [] nulls, double[] values) implements ColumnVector {}

  /** UUID; DECIMAL of more than 18 digits, unscaled, in two's complement. */
  record Wide(boolean @Nullable [] nulls, long[] high, long[] low) implements ColumnVector {}

  /**
   * VARCHAR and JSON as UTF-8, VARBINARY. Value i is {@code [offsets[i], offsets[i + 1])} of the
   * bytes; a NULL is empty.
   */
  record Bytes(boolean @Nullable [] nulls, int[] offsets, byte[] bytes) implements ColumnVector {}

  /** The same value, or NULL, in every row: a vector of one row. */
  record Constant(ColumnVector value) implements ColumnVector {}

  /**
   * What several rows share: row i has the value {@code ids[i]}. Of records that made several rows
   * each.
   */
  record Indexed(int[] ids, ColumnVector values) implements ColumnVector {}

  /** ARRAY. Value i is the elements {@code [offsets[i], offsets[i + 1])}; a NULL is empty. */
  record Arrays(boolean @Nullable [] nulls, int[] offsets, ColumnVector elements)
      implements ColumnVector {}

  /** MAP. Value i is the entries {@code [offsets[i], offsets[i + 1])}; a NULL is empty. */
  record Maps(boolean @Nullable [] nulls, int[] offsets, ColumnVector keys, ColumnVector values)
      implements ColumnVector {}

  /** ROW: each field has a value, NULL where the row is, for every row of the page. */
  record Rows(boolean @Nullable [] nulls, List<ColumnVector> fields) implements ColumnVector {}
}
