package dev.millrace.decode.format;

import dev.millrace.decode.field.FieldDecoder;
import dev.millrace.decode.field.Utf8;
import dev.millrace.decode.json.JsonScanner;
import dev.millrace.decode.json.JsonSyntaxException;
import dev.millrace.decode.row.PendingRow;
import dev.millrace.table.ColumnType.Plain;

/**
 * Gives columns text of formats that know no types. Columns of JSON, and those whose values have
 * parts, read it as JSON.
 */
final class PlainText {
  private final JsonScanner scanner = new JsonScanner();

  void give(FieldDecoder column, byte[] bytes, int offset, int length, PendingRow row) {
    if (!Utf8.isValid(bytes, offset, offset + length)) {
      column.notUtf8(row);
    } else if (column.type() == Plain.JSON || column.type().isNested()) {
      json(column, bytes, offset, length, row);
    } else {
      column.text(bytes, offset, length, row);
    }
  }

  private void json(FieldDecoder column, byte[] bytes, int offset, int length, PendingRow row) {
    scanner.reset(bytes, offset, length);
    try {
      byte first = scanner.peek();
      int start = scanner.position();
      scanner.skipValue();
      int end = scanner.position();
      if (!scanner.atEnd()) {
        column.notJson(bytes, offset, length, row);
      } else if (first == 'n') {
        column.setNull(row);
      } else if (column.type() == Plain.JSON) {
        column.text(bytes, start, end - start, row);
      } else if (first == '{' || first == '[') {
        column.nested(bytes, start, end - start, row);
      } else {
        column.notJson(bytes, offset, length, row);
      }
    } catch (JsonSyntaxException e) {
      column.notJson(bytes, offset, length, row);
    }
  }
}
