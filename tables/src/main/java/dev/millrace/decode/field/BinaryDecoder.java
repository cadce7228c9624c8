package dev.millrace.decode.field;

import dev.millrace.decode.json.NumberLiteral;
import dev.millrace.decode.row.PendingRow;
import dev.millrace.table.Column;
import java.util.Arrays;
import java.util.Base64;

/** VARBINARY in a format of text: base64, with or without padding. */
final class BinaryDecoder extends FieldDecoder {
  BinaryDecoder(Column column, int index) {
    super(column, index);
  }

  @Override
  public void text(byte[] utf8, int offset, int length, PendingRow row) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(Arrays.copyOfRange(utf8, offset, offset + length));
    } catch (IllegalArgumentException e) {
      notExpected(utf8, offset, length, row);
      return;
    }
    row.sink().setBytes(index(), bytes, 0, bytes.length);
  }

  @Override
  public void bytes(byte[] bytes, int offset, int length, PendingRow row) {
    row.sink().setBytes(index(), bytes, offset, length);
  }

  @Override
  public void number(NumberLiteral number, PendingRow row) {
    notExpected(number.buffer(), number.start(), number.length(), row);
  }

  @Override
  String expected() {
    return "base64 text";
  }
}
