package dev.millrace.connector.split;

import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.UserRecord;
import dev.millrace.table.OnBad;
import dev.millrace.table.TableDefinition;

/** What becomes of rows that could not be decoded. */
record BadRows(TableDefinition table, OnBad onBad) {

  /**
   * Says whether a row stands.
   *
   * @throws MillraceException where a query fails for it
   */
  boolean stands(UserRecord record, String error) {
    return switch (onBad) {
      case NULL -> true;
      case SKIP -> false;
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
}
