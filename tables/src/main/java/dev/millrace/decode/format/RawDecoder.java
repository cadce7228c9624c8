package dev.millrace.decode.format;

import dev.millrace.decode.field.WantedColumn;
import dev.millrace.decode.row.PendingRow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Raw messages: columns are slices of bytes at fixed places. */
public final class RawDecoder implements MessageDecoder {
  private final List<RawColumn> columns = new ArrayList<>();

  public RawDecoder(List<WantedColumn> wanted) {
    wanted.forEach(column -> columns.add(new RawColumn(column.column(), column.index())));
  }

  @Override
  public @Nullable String decode(byte[] buffer, int offset, int length, PendingRow row) {
    for (RawColumn column : columns) {
      column.decode(buffer, offset, length, row);
    }
    return null;
  }
}
