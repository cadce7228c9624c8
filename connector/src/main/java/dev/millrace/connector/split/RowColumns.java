package dev.millrace.connector.split;

import dev.millrace.connector.page.ColumnBuilder;
import dev.millrace.table.MetadataColumn;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The metadata columns that differ from row to row, as far as they are wanted. */
final class RowColumns {
  private final @Nullable ColumnBuilder number;
  private final @Nullable ColumnBuilder segmentCount;
  private final @Nullable ColumnBuilder valid;
  private final @Nullable ColumnBuilder error;

  RowColumns(Map<MetadataColumn, ColumnBuilder> wanted) {
    number = wanted.get(MetadataColumn.ROW);
    segmentCount = wanted.get(MetadataColumn.SEGMENT_COUNT);
    valid = wanted.get(MetadataColumn.MESSAGE_VALID);
    error = wanted.get(MetadataColumn.ERROR);
  }

  /**
   * Writes a row's values.
   *
   * @param ofRecord its number in its record
   * @param ofSplit its number in the split
   * @param problem what is wrong with it, null where nothing is
   */
  void set(int row, long ofRecord, long ofSplit, @Nullable String problem) {
    if (number != null) {
      number.setLong(row, ofRecord);
    }
    if (segmentCount != null) {
      segmentCount.setLong(row, ofSplit);
    }
    if (valid != null) {
      valid.setBoolean(row, problem == null);
    }
    if (error != null && problem != null) {
      byte[] utf8 = problem.getBytes(StandardCharsets.UTF_8);
      error.setBytes(row, utf8, 0, utf8.length);
    }
  }
}
