package dev.millrace.local.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows, one at a time as the database produces them; a large result is never held as a whole. Close
 * it before the next query.
 */
public interface QueryResult extends AutoCloseable {

  List<ResultColumn> columns();

  /** What the user should know, one sentence each; complete before the first row. */
  List<String> notices();

  /** Goes to the next row; false after the last. */
  boolean next();

  /**
   * A value of the current row, as one of: {@code Boolean}, {@code Long}, {@code BigInteger},
   * {@code BigDecimal}, {@code Double}, {@code String}, {@code byte[]}, {@code UUID}, {@code
   * LocalDate}, {@code LocalTime}, {@code LocalDateTime} (TIMESTAMP), {@code Instant} (TIMESTAMP
   * WITH TIME ZONE), {@code List} and {@code Map} of these. Types beyond these come as text.
   *
   * @param column from 0
   */
  @Nullable Object value(int column);

  @Override
  void close();
}
