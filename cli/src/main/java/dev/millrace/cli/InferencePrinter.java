package dev.millrace.cli;

import dev.millrace.cli.output.ControlCharacters;
import dev.millrace.cli.output.RowFormat;
import dev.millrace.cli.output.Screen;
import dev.millrace.infer.Conflict;
import dev.millrace.infer.InferenceReport;
import dev.millrace.infer.InferenceReport.ColumnReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says on stderr what a sample is. Values of records are shown only to who asks for them. */
final class InferencePrinter {
  private final Console console;
  private final Examples examples;

  /** Whether values of records are shown. */
  enum Examples {
    SHOWN,
    LEFT_OUT
  }

  InferencePrinter(Console console, Examples examples) {
    this.console = console;
    this.examples = examples;
  }

  void print(InferenceReport report) throws IOException {
    console.say(
        "%s of %s: %s; %s"
            .formatted(
                counted(report.records(), "record"),
                counted(report.shards(), "shard"),
                report.what(),
                counted(report.rows(), "row")));
    List<String> headings = new ArrayList<>(List.of("column", "type", "null"));
    if (examples == Examples.SHOWN) {
      headings.add("example");
    }
    List<List<Object>> rows = new ArrayList<>();
    report.columns().forEach(column -> rows.add(row(column, report.rows())));
    RowFormat.TABLE.write(new MemoryRows(headings, rows), console.err(), Screen.NONE);
    report.conflicts().forEach(this::print);
    report.notes().forEach(note -> console.say("note: " + note));
  }

  private List<Object> row(ColumnReport column, long rows) {
    List<Object> row =
        new ArrayList<>(List.of(column.name(), column.type(), percent(column.nulls(), rows)));
    if (examples == Examples.SHOWN) {
      row.add(column.example());
    }
    return row;
  }

  private static String percent(long part, long all) {
    if (part == 0 || part == all) {
      return part == 0 ? "0 %" : "100 %";
    }
    return String.format(Locale.ROOT, "%.1f %%", Math.min(99.9, Math.max(0.1, 100.0 * part / all)));
  }

  private void print(Conflict conflict) {
    String value =
        examples == Examples.SHOWN && !conflict.example().isEmpty()
            ? ", such as '" + ControlCharacters.escape(conflict.example()) + "'"
            : "";
    console.say(
        "conflict: %s: %s%s in record %s: %s"
            .formatted(
                ControlCharacters.escape(conflict.subject()),
                ControlCharacters.escape(conflict.detail()),
                value,
                conflict.record(),
                conflict.outcome()));
  }

  private static String counted(long count, String what) {
    return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
  }
}
