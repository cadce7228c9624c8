package dev.millrace.decode.format;

import dev.millrace.decode.field.FieldDecoder;
import dev.millrace.decode.field.FieldDecoders;
import dev.millrace.decode.field.WantedColumn;
import dev.millrace.decode.row.PendingRow;
import dev.millrace.table.ColumnType;
import dev.millrace.table.ColumnType.BoundedVarchar;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.MessageFormat.Csv;
import dev.millrace.table.mapping.CsvColumn;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lines of separated values. Values that no column wants are walked over. */
public final class CsvDecoder implements MessageDecoder {
  private static final FieldDecoder[] NONE = {};

  private final CsvScanner scanner;
  private final PlainText text = new PlainText();
  private final byte @Nullable [] nullText;
  private final boolean urlEncoded;

  /** By the value's index in the line, the columns that take it. */
  private final FieldDecoder[][] columns;

  private byte[] decoded = new byte[64];

  public CsvDecoder(Csv format, List<WantedColumn> wanted) {
    this.scanner = new CsvScanner(format);
    this.nullText =
        format.nullText().map(value -> value.getBytes(StandardCharsets.UTF_8)).orElse(null);
    this.urlEncoded = format.urlEncoded();
    List<FieldDecoder[]> byIndex = new ArrayList<>();
    for (WantedColumn column : wanted) {
      int index = CsvColumn.of(column.column()).index();
      while (byIndex.size() <= index) {
        byIndex.add(NONE);
      }
      FieldDecoder[] before = byIndex.get(index);
      FieldDecoder[] all = Arrays.copyOf(before, before.length + 1);
      all[before.length] = FieldDecoders.of(column.column(), column.index());
      byIndex.set(index, all);
    }
    this.columns = byIndex.toArray(FieldDecoder[][]::new);
  }

  @Override
  public @Nullable String decode(byte[] buffer, int offset, int length, PendingRow row) {
    if (isBlank(buffer, offset, offset + length)) {
      return "the message is empty; expected a line of separated values";
    }
    scanner.reset(buffer, offset, length);
    for (int index = 0; scanner.hasNext(); index++) {
      if (!scanner.next()) {
        return broken(offset, offset + length);
      }
      if (index < columns.length) {
        for (FieldDecoder column : columns[index]) {
          value(column, buffer, row);
        }
      }
    }
    if (!isBlank(buffer, scanner.position(), offset + length)) {
      row.incomplete(
          "more follows the line at byte "
              + (scanner.position() - offset)
              + "; for several lines in a record use the envelope lines");
    }
    return null;
  }

  private String broken(int offset, int end) {
    int at = scanner.position();
    return "the line is broken at byte "
        + (at - offset)
        + ": "
        + (at == end
            ? "a quote is opened and not closed"
            : "after a closing quote the delimiter or the line's end is expected");
  }

  /** Whether nothing but line breaks is left. */
  private static boolean isBlank(byte[] bytes, int start, int end) {
    for (int i = start; i < end; i++) {
      if (bytes[i] != '\n' && bytes[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  private void value(FieldDecoder column, byte[] buffer, PendingRow row) {
    int start = scanner.start();
    int length = scanner.stop() - start;
    if (!scanner.isQuoted() && isNull(column, buffer, start, length)) {
      column.setNull(row);
      return;
    }
    byte[] bytes = buffer;
    if (scanner.isEscaped()) {
      length = scanner.unescape();
      bytes = scanner.unescaped();
      start = 0;
    }
    if (urlEncoded) {
      length = percentDecode(bytes, start, length);
      bytes = decoded;
      start = 0;
    }
    if (!isText(column.type())) {
      int end = start + length;
      while (start < end && bytes[start] == ' ') {
        start++;
      }
      while (end > start && bytes[end - 1] == ' ') {
        end--;
      }
      length = end - start;
    }
    text.give(column, bytes, start, length, row);
  }

  private boolean isNull(FieldDecoder column, byte[] bytes, int start, int length) {
    if (length == 0 && !isText(column.type())) {
      return true;
    }
    return nullText != null
        && Arrays.equals(bytes, start, start + length, nullText, 0, nullText.length);
  }

  private static boolean isText(ColumnType type) {
    return type == Plain.VARCHAR || type instanceof BoundedVarchar;
  }

  /** A percent sign that no two hexadecimal digits follow stays what it is. */
  private int percentDecode(byte[] bytes, int start, int length) {
    if (decoded.length < length) {
      decoded = new byte[Math.max(length, 2 * decoded.length)];
    }
    int end = start + length;
    int to = 0;
    for (int at = start; at < end; at++) {
      int value = bytes[at] == '%' && at + 2 < end ? hex(bytes[at + 1], bytes[at + 2]) : -1;
      if (value < 0) {
        decoded[to++] = bytes[at];
      } else {
        decoded[to++] = (byte) value;
        at += 2;
      }
    }
    return to;
  }

  private static int hex(byte high, byte low) {
    int first = Character.digit(high, 16);
    int second = Character.digit(low, 16);
    return first < 0 || second < 0 ? -1 : first << 4 | second;
  }
}
