package dev.millrace.connector.split;

import dev.millrace.connector.page.ColumnPage;
import dev.millrace.stream.UserRecord;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Makes pages of records. */
interface PageMaker {

  /** A page of so many rows is handed on; of more bytes, too. */
  int FULL_ROWS = 8_192;

  long FULL_BYTES = 1L << 20;

  /**
   * Takes records until a page is full, there are enough rows, or something is not known that a
   * record needs.
   *
   * @return the index of the first record that was not taken
   */
  int take(List<UserRecord> records, int from, ArrivalFilter filter);

  /**
   * Done once the next record can be taken; it is done already where nothing is missing. What was
   * not found out shows when it is taken.
   */
  default CompletableFuture<?> known() {
    return CompletableFuture.completedFuture(null);
  }

  /** Whether a page should be handed on before more is taken. */
  boolean isFull();

  /** Hands on what was made, if anything; the rest is for the next page. */
  Optional<ColumnPage> build();

  /** Rows made so far, over all pages. */
  long rows();

  /** Rows that could not be decoded. */
  long badRows();

  /** What the ledger should have of rows that were left out; none where none was. */
  default Optional<String> skipped() {
    return Optional.empty();
  }

  /** About the memory of what was not handed on. */
  long bytes();
}
