package dev.millrace.connector.page;

import dev.millrace.decode.row.NestedValue;
import org.jspecify.annotations.Nullable;

/** Makes a column whose values have parts, with a builder for the parts of all its rows. */
abstract class ContainerBuilder extends ColumnBuilder {
  private @Nullable NestedWriter writer;

  @Override
  public final void setNested(int row, NestedValue value) {
    if (writer == null) {
      writer = new NestedWriter(this);
    }
    writer.write(row, value);
  }

  /** A value begins at a row: its parts follow. */
  void open(int row) {
    place(row);
  }

  /** Who takes the part with this number. */
  abstract ColumnBuilder part(int number);

  /** The part's row in its builder. */
  abstract int partRow(int row, int number);

  /** The value at a row has all its parts. */
  abstract void close(int row);
}
