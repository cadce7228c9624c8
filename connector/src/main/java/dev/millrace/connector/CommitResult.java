package dev.millrace.connector;

import java.util.List;

/**
 * What became of a query's checkpoints when it was done.
 *
 * @param advanced a line for each name that was moved on
 * @param warnings a line for each that was not, and why
 */
public record CommitResult(List<String> advanced, List<String> warnings) {
  /** For a query that reads under no name. */
  public static final CommitResult NONE = new CommitResult(List.of(), List.of());

  public CommitResult {
    advanced = List.copyOf(advanced);
    warnings = List.copyOf(warnings);
  }
}
