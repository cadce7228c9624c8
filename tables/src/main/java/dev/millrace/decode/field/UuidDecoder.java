package dev.millrace.decode.field;

import dev.millrace.decode.json.NumberLiteral;
import dev.millrace.decode.row.PendingRow;
import dev.millrace.table.Column;

/** UUID: 36 characters, hexadecimal in any case, as in 123e4567-e89b-12d3-a456-426614174000. */
final class UuidDecoder extends FieldDecoder {
  private static final int LENGTH = 36;
  private static final byte[] DIGITS = digits();

  private static byte[] digits() {
    byte[] digits = new byte[256];
    for (int c = 0; c < digits.length; c++) {
      digits[c] = (byte) (c < 128 ? Character.digit(c, 16) : -1);
    }
    return digits;
  }

  UuidDecoder(Column column, int index) {
    super(column, index);
  }

  @Override
  public void text(byte[] utf8, int offset, int length, PendingRow row) {
    if (length != LENGTH) {
      notExpected(utf8, offset, length, row);
      return;
    }
    long first = hex(utf8, offset, 8);
    long second = hex(utf8, offset + 9, 4);
    long third = hex(utf8, offset + 14, 4);
    long fourth = hex(utf8, offset + 19, 4);
    long fifth = hex(utf8, offset + 24, 12);
    boolean dashes =
        utf8[offset + 8] == '-'
            && utf8[offset + 13] == '-'
            && utf8[offset + 18] == '-'
            && utf8[offset + 23] == '-';
    if (dashes && (first | second | third | fourth | fifth) >= 0) {
      row.sink().setUuid(index(), (first << 32) | (second << 16) | third, (fourth << 48) | fifth);
    } else {
      notExpected(utf8, offset, length, row);
    }
  }

  /** At most twelve digits, or less than 0 where one is none. */
  private static long hex(byte[] bytes, int start, int count) {
    long value = 0;
    for (int i = start; i < start + count; i++) {
      value = (value << 4) | DIGITS[bytes[i] & 0xFF];
    }
    return value;
  }

  @Override
  public void number(NumberLiteral number, PendingRow row) {
    notExpected(number.buffer(), number.start(), number.length(), row);
  }

  @Override
  String expected() {
    return "a UUID such as 123e4567-e89b-12d3-a456-426614174000";
  }
}
