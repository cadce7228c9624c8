package dev.millrace.cli.output;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Columns under headings, numbers to the right, NULL empty. The first thousand rows decide the
 * widths; the rest is written as it comes, so that a long result needs no memory.
 */
final class TableWriter {
  private static final int MEASURED_ROWS = 1000;

  /** What EXPLAIN answers with. */
  private static final List<String> PLAN = List.of("explain_key", "explain_value");

  private final Writer out;

  TableWriter(OutputStream out) {
    this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
  }

  long write(Rows rows) throws IOException {
    return rows.columns().equals(PLAN) ? writePlans(rows) : writeTable(rows);
  }

  /** A plan is a drawing of many lines, not a cell. */
  private long writePlans(Rows rows) throws IOException {
    long count = 0;
    while (rows.next()) {
      out.write(ControlCharacters.escapeWithinLines(Texts.of(rows.value(1))).strip());
      out.write('\n');
      count++;
    }
    out.flush();
    return count;
  }

  private long writeTable(Rows rows) throws IOException {
    int columns = rows.columns().size();
    String[] heading =
        rows.columns().stream().map(ControlCharacters::escape).toArray(String[]::new);
    boolean[] numeric = new boolean[columns];
    List<String[]> first = new ArrayList<>();
    while (first.size() < MEASURED_ROWS && rows.next()) {
      first.add(cells(rows, columns, numeric));
    }
    int[] widths = widths(heading, first);
    writeRow(heading, widths, new boolean[columns]);
    writeRule(widths);
    for (String[] row : first) {
      writeRow(row, widths, numeric);
    }
    long count = first.size();
    if (count == MEASURED_ROWS) {
      while (rows.next()) {
        writeRow(cells(rows, columns, numeric), widths, numeric);
        count++;
      }
    }
    out.flush();
    return count;
  }

  private static String[] cells(Rows rows, int columns, boolean[] numeric) {
    String[] cells = new String[columns];
    for (int i = 0; i < columns; i++) {
      Object value = rows.value(i);
      numeric[i] |= value instanceof Number;
      cells[i] = cell(value);
    }
    return cells;
  }

  private static String cell(@Nullable Object value) {
    return ControlCharacters.escape(Texts.of(value));
  }

  private static int[] widths(String[] heading, List<String[]> rows) {
    int[] widths = new int[heading.length];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = DisplayWidth.of(heading[i]);
      for (String[] row : rows) {
        widths[i] = Math.max(widths[i], DisplayWidth.of(row[i]));
      }
    }
    return widths;
  }

  private void writeRow(String[] cells, int[] widths, boolean[] right) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      line.append(i == 0 ? " " : " | ");
      String blanks = " ".repeat(Math.max(0, widths[i] - DisplayWidth.of(cells[i])));
      if (right[i]) {
        line.append(blanks).append(cells[i]);
      } else {
        line.append(cells[i]).append(blanks);
      }
    }
    out.write(line.toString().stripTrailing());
    out.write('\n');
  }

  private void writeRule(int[] widths) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(i == 0 ? "-" : "-+-").append("-".repeat(widths[i]));
    }
    out.write(line.append("-\n").toString());
  }
}
