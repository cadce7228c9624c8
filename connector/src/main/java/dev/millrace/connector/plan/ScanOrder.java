package dev.millrace.connector.plan;

import java.util.Optional;

/** How many of a split's rows are wanted, and which come first. */
public sealed interface ScanOrder {

  /** Every row, in sequence order. */
  record All() implements ScanOrder {}

  /**
   * Every row, in sequence order, of which the engine may take only some: where a LIMIT that a scan
   * cannot follow is above it. Reading them all is no sign that they were delivered.
   */
  record Some() implements ScanOrder {}

  /** Any so many rows of a split are enough. */
  record Limit(long rows) implements ScanOrder {}

  /** The so many rows of a split that arrived last: the tail is read first, and no more than it. */
  record Newest(long rows) implements ScanOrder {}

  /** Whether rows may be left out, so that who reads on after this scan would miss them. */
  default boolean mayLeaveOut() {
    return !(this instanceof All);
  }

  /** As EXPLAIN shows it; none where every row is read. */
  default Optional<String> describe() {
    if (this instanceof Limit limit) {
      return Optional.of("limit " + limit.rows());
    }
    return this instanceof Newest newest
        ? Optional.of("newest " + newest.rows())
        : Optional.empty();
  }
}
