package dev.millrace.cli.output;

import java.io.IOException;
import java.io.OutputStream;

/** How a result is written. */
public enum RowFormat {
  /** Columns under headings. */
  TABLE {
    @Override
    public long write(Rows rows, OutputStream out, Screen screen) throws IOException {
      return new TableWriter(out).write(rows);
    }
  },
  /** One object a line. */
  JSON {
    @Override
    public long write(Rows rows, OutputStream out, Screen screen) throws IOException {
      return new JsonWriter(out, screen).write(rows);
    }
  },
  /** RFC 4180, with a header. */
  CSV {
    @Override
    public long write(Rows rows, OutputStream out, Screen screen) throws IOException {
      return new CsvWriter(out, screen).write(rows);
    }
  };

  /**
   * Writes all rows and flushes.
   *
   * @return how many there were
   */
  public abstract long write(Rows rows, OutputStream out, Screen screen) throws IOException;
}
