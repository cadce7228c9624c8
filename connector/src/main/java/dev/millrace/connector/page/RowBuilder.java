package dev.millrace.connector.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes {@link ColumnVector.Rows}. A field's row is the value's. */
final class RowBuilder extends ContainerBuilder {
  private final List<ColumnBuilder> fields;

  RowBuilder(List<ColumnBuilder> fields) {
    this.fields = fields;
  }

  @Override
  ColumnBuilder part(int number) {
    return fields.get(number);
  }

  @Override
  int partRow(int row, int number) {
    return row;
  }

  @Override
  void close(int row) {}

  @Override
  void undone(int row) {
    fields.forEach(field -> field.undo(row));
  }

  @Override
  ColumnVector take(boolean @Nullable [] known, int rows) {
    return new ColumnVector.Rows(known, fields.stream().map(field -> field.build(rows)).toList());
  }

  @Override
  long valueBytes(int rows) {
    long bytes = 0;
    for (ColumnBuilder field : fields) {
      bytes += field.bytes();
    }
    return bytes;
  }
}
