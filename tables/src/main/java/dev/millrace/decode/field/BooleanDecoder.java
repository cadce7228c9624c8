package dev.millrace.decode.field;

import dev.millrace.decode.json.NumberLiteral;
import dev.millrace.decode.row.PendingRow;
import dev.millrace.table.Column;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** BOOLEAN: true and false, those words as text in any case, and the numbers 1 and 0. */
final class BooleanDecoder extends FieldDecoder {
  BooleanDecoder(Column column, int index) {
    super(column, index);
  }

  @Override
  public void bool(boolean value, PendingRow row) {
    row.sink().setBoolean(index(), value);
  }

  @Override
  public void text(byte[] utf8, int offset, int length, PendingRow row) {
    String word =
        length > 5
            ? ""
            : new String(utf8, offset, length, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
    switch (word) {
      case "true", "1" -> bool(true, row);
      case "false", "0" -> bool(false, row);
      default -> notExpected(utf8, offset, length, row);
    }
  }

  @Override
  public void number(NumberLiteral number, PendingRow row) {
    if (number.isWhole() && number.isExact() && number.digits() <= 1) {
      if (!number.isNegative() || number.digits() == 0) {
        bool(number.digits() == 1, row);
        return;
      }
    }
    notExpected(number.buffer(), number.start(), number.length(), row);
  }

  @Override
  String expected() {
    return "true or false";
  }
}
