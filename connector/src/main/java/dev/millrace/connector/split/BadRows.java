package dev.millrace.connector.split;

import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.UserRecord;
import dev.millrace.table.OnBad;
import dev.millrace.table.TableDefinition;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What becomes of rows that could not be decoded, and how many of them a split passed over. */
final class BadRows {
  private final TableDefinition table;
  private final OnBad onBad;
  private long skipped;
  private @Nullable String first;

  BadRows(TableDefinition table, OnBad onBad) {
    this.table = table;
    this.onBad = onBad;
  }

  /**
   * Says whether a row stands.
   *
   * @throws MillraceException where a query fails for it
   */
  boolean stands(UserRecord record, String error) {
    return switch (onBad) {
      case NULL -> true;
      case SKIP -> {
        skip(record, error);
        yield false;
      }
      case FAIL ->
          throw new MillraceException(
              ErrorCode.BAD_RECORD,
              "Record "
                  + record.sequence()
                  + " of "
                  + record.shard()
                  + " is not a row of "
                  + table.name()
                  + ": "
                  + error
                  + ". Correct "
                  + table.source()
                  + ", or use on-bad=null or skip.");
    };
  }

  private void skip(UserRecord record, String error) {
    skipped++;
    if (first == null) {
      first = "record " + record.sequence() + ": " + error;
    }
  }

  /** What the ledger should have; none where no row was passed over. */
  Optional<String> skipped() {
    return first == null
        ? Optional.empty()
        : Optional.of(
            skipped
                + (skipped == 1 ? " row" : " rows")
                + " of table "
                + table.name()
                + " could not be decoded and were left out, as on-bad=skip says; the first is of "
                + first);
  }
}
