package dev.millrace.decode.format;

import dev.millrace.decode.field.FieldDecoder;
import dev.millrace.decode.field.FieldDecoders;
import dev.millrace.decode.field.WantedColumn;
import dev.millrace.decode.row.PendingRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Messages that are one text, which every column takes whole. */
public final class WholeTextDecoder implements MessageDecoder {
  private final PlainText text = new PlainText();
  private final List<FieldDecoder> columns;

  public WholeTextDecoder(List<WantedColumn> wanted) {
    this.columns =
        wanted.stream().map(column -> FieldDecoders.of(column.column(), column.index())).toList();
  }

  @Override
  public @Nullable String decode(byte[] buffer, int offset, int length, PendingRow row) {
    for (FieldDecoder column : columns) {
      text.give(column, buffer, offset, length, row);
    }
    return null;
  }
}
