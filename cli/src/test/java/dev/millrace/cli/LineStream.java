package dev.millrace.cli;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Queue;

/** Hands what is written on, line by line. */
final class LineStream extends OutputStream {
  private final Queue<String> lines;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  LineStream(Queue<String> lines) {
    this.lines = lines;
  }

  @Override
  public synchronized void write(int b) {
    if (b == '\n') {
      lines.add(line.toString(StandardCharsets.UTF_8));
      line.reset();
    } else {
      line.write(b);
    }
  }
}
