package dev.millrace.decode;

import dev.millrace.decode.json.NumberLiteral;
import dev.millrace.table.Column;

/** UUID: 36 characters, hexadecimal in any case, as in 123e4567-e89b-12d3-a456-426614174000. */
final class UuidDecoder extends FieldDecoder {
  private static final int LENGTH = 36;

  UuidDecoder(Column column, int index) {
    super(column, index);
  }

  @Override
  void text(byte[] utf8, int offset, int length, PendingRow row) {
    if (length != LENGTH) {
      notExpected(utf8, offset, length, row);
      return;
    }
    long high = 0;
    long low = 0;
    boolean valid = true;
    for (int i = 0; i < LENGTH; i++) {
      byte b = utf8[offset + i];
      if (i == 8 || i == 13 || i == 18 || i == 23) {
        valid &= b == '-';
        continue;
      }
      int digit = b < 0 ? -1 : Character.digit(b, 16);
      valid &= digit >= 0;
      high = (high << 4) | (low >>> 60);
      low = (low << 4) | digit;
    }
    if (valid) {
      row.sink().setUuid(index(), high, low);
    } else {
      notExpected(utf8, offset, length, row);
    }
  }

  @Override
  void number(NumberLiteral number, PendingRow row) {
    notExpected(number.buffer(), number.start(), number.length(), row);
  }

  @Override
  String expected() {
    return "a UUID such as 123e4567-e89b-12d3-a456-426614174000";
  }
}
