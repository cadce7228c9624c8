package dev.millrace.infer;

import java.util.List;

/**
 * What was found in a sample.
 *
 * @param what the format and what is around it, such as {@code JSON in gzip in KPL}
 * @param records the records looked at
 * @param rows the rows they make
 * @param notes what a person should know or do, a sentence each
 */
public record InferenceReport(
    String what,
    long records,
    long shards,
    long rows,
    List<ColumnReport> columns,
    List<Conflict> conflicts,
    List<String> notes) {

  public InferenceReport {
    columns = List.copyOf(columns);
    conflicts = List.copyOf(conflicts);
    notes = List.copyOf(notes);
  }

  /**
   * One column.
   *
   * @param nulls the rows in which it is NULL or missing
   * @param example a value, shortened, nothing in it escaped; empty where there is none
   */
  public record ColumnReport(String name, String type, long nulls, String example) {}
}
