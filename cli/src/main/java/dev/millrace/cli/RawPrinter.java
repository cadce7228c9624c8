package dev.millrace.cli;

import dev.millrace.cli.output.ControlCharacters;
import dev.millrace.cli.output.Screen;
import dev.millrace.stream.UserRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Payloads as they are, with a line break after each; made harmless on a terminal. */
final class RawPrinter implements RecordPrinter {
  private final OutputStream out;
  private final Screen screen;

  RawPrinter(OutputStream out, Screen screen) {
    this.out = out;
    this.screen = screen;
  }

  @Override
  public void print(UserRecord record) throws IOException {
    if (screen == Screen.TERMINAL) {
      String text =
          new String(record.buffer(), record.offset(), record.length(), StandardCharsets.UTF_8);
      out.write(ControlCharacters.escapeWithinLines(text).getBytes(StandardCharsets.UTF_8));
    } else {
      out.write(record.buffer(), record.offset(), record.length());
    }
    out.write('\n');
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }
}
