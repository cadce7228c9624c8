package dev.millrace.decode;

import dev.millrace.decode.json.NumberLiteral;
import dev.millrace.table.Column;

/** JSON: any value, as the message writes it. */
final class JsonTextDecoder extends FieldDecoder {
  JsonTextDecoder(Column column, int index) {
    super(column, index);
  }

  /** Takes JSON text, not the text of a JSON string. */
  @Override
  void text(byte[] utf8, int offset, int length, PendingRow row) {
    row.sink().setText(index(), utf8, offset, length);
  }

  @Override
  void number(NumberLiteral number, PendingRow row) {
    text(number.buffer(), number.start(), number.length(), row);
  }

  @Override
  String expected() {
    return "JSON";
  }
}
