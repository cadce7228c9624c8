package dev.millrace.decode.field;

import dev.millrace.decode.json.NumberLiteral;
import dev.millrace.decode.row.PendingRow;
import dev.millrace.table.Column;
import java.nio.charset.StandardCharsets;

/**
 * VARCHAR and VARCHAR(n): a text's characters, and what else there is as it is written in the
 * message.
 */
final class TextDecoder extends FieldDecoder {
  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

  private final int maxLength;

  /**
   * @param maxLength in characters
   */
  TextDecoder(Column column, int index, int maxLength) {
    super(column, index);
    this.maxLength = maxLength;
  }

  @Override
  public void text(byte[] utf8, int offset, int length, PendingRow row) {
    // No text has more characters than bytes.
    if (length > maxLength) {
      int characters = Utf8.countCodePoints(utf8, offset, offset + length);
      if (characters > maxLength) {
        invalid(
            row,
            Excerpt.of(utf8, offset, length)
                + " has "
                + characters
                + " characters; allowed: "
                + maxLength);
        return;
      }
    }
    row.sink().setText(index(), utf8, offset, length);
  }

  @Override
  public void number(NumberLiteral number, PendingRow row) {
    text(number.buffer(), number.start(), number.length(), row);
  }

  @Override
  public void bool(boolean value, PendingRow row) {
    byte[] word = value ? TRUE : FALSE;
    text(word, 0, word.length, row);
  }

  @Override
  public void nested(byte[] json, int offset, int length, PendingRow row) {
    text(json, offset, length, row);
  }

  @Override
  String expected() {
    return "text";
  }
}
