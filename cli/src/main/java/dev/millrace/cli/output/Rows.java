package dev.millrace.cli.output;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A result to be written, row by row.
 *
 * <p>A value is null, a {@link Boolean}, a {@link Number}, a {@link String}, a {@code byte[]}, a
 * {@link java.util.UUID}, one of {@link java.time.Instant}, {@link java.time.OffsetDateTime},
 * {@link java.time.LocalDateTime} (in UTC), {@link java.time.LocalDate} and {@link
 * java.time.LocalTime}, a {@link JsonText}, or a {@link List} or {@link java.util.Map} of these;
 * anything else is written as its {@code toString}.
 */
public interface Rows {

  /** The columns' names, not always different ones. */
  List<String> columns();

  /** Goes to the next row, the first one to begin with; false behind the last one. */
  boolean next();

  /** A value of the row gone to, by the column's place from 0. */
  @Nullable Object value(int column);
}
