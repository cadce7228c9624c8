package dev.millrace.cli.output;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * RFC 4180: a header, CRLF, quotes where a field needs them. NULL is an empty field, an empty text
 * is {@code ""}.
 */
final class CsvWriter {
  private final Writer out;
  private final Screen screen;

  CsvWriter(OutputStream out, Screen screen) {
    this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
    this.screen = screen;
  }

  long write(Rows rows) throws IOException {
    List<String> names = rows.columns();
    for (int i = 0; i < names.size(); i++) {
      writeField(i, names.get(i));
    }
    out.write("\r\n");
    long count = 0;
    while (rows.next()) {
      for (int i = 0; i < names.size(); i++) {
        writeField(i, rows.value(i));
      }
      out.write("\r\n");
      count++;
    }
    out.flush();
    return count;
  }

  private void writeField(int column, @Nullable Object value) throws IOException {
    if (column > 0) {
      out.write(',');
    }
    if (value == null) {
      return;
    }
    String text = Texts.of(value);
    if (screen == Screen.TERMINAL) {
      text = ControlCharacters.escape(text);
    }
    if (needsQuotes(text)) {
      out.write('"');
      out.write(text.replace("\"", "\"\""));
      out.write('"');
    } else {
      out.write(text);
    }
  }

  private static boolean needsQuotes(String text) {
    if (text.isEmpty()) {
      return true;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ',' || c == '"' || c == '\n' || c == '\r') {
        return true;
      }
    }
    return false;
  }
}
