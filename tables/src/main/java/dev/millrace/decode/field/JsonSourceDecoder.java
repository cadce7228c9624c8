package dev.millrace.decode.field;

import dev.millrace.decode.json.NumberLiteral;
import dev.millrace.decode.row.PendingRow;
import dev.millrace.table.Column;

/** JSON: any value, as the message writes it. */
final class JsonSourceDecoder extends FieldDecoder {
  JsonSourceDecoder(Column column, int index) {
    super(column, index);
  }

  /** Takes JSON text, not the text of a JSON string. */
  @Override
  public void text(byte[] utf8, int offset, int length, PendingRow row) {
    row.sink().setText(index(), utf8, offset, length);
  }

  @Override
  public void number(NumberLiteral number, PendingRow row) {
    text(number.buffer(), number.start(), number.length(), row);
  }

  @Override
  String expected() {
    return "JSON";
  }
}
