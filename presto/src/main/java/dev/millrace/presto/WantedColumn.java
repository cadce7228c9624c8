package dev.millrace.presto;

import com.facebook.presto.common.block.Block;
import dev.millrace.connector.page.ColumnVector;
import dev.millrace.connector.plan.TableColumn;
import dev.millrace.table.MetadataColumn;

/** A column that a query reads, and how its session writes the values. */
record WantedColumn(TableColumn column, PageBlocks blocks) {

  static WantedColumn of(TableColumn column, PrestoTypes types, WallClock clock) {
    return new WantedColumn(
        column, new PageBlocks(types, isOldArrival(column) ? new WallClock.AsRead() : clock));
  }

  /** As the old connector had it: the instant itself, whatever {@code legacy_timestamp} says. */
  private static boolean isOldArrival(TableColumn column) {
    return column instanceof TableColumn.Metadata metadata
        && metadata.column() == MetadataColumn.MESSAGE_TIMESTAMP;
  }

  Block block(ColumnVector vector, int rows) {
    return blocks.block(column.type(), vector, rows);
  }
}
