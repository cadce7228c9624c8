package dev.millrace.table;

/**
 * Something wrong with a definition.
 *
 * @param source the file
 * @param place the key's path inside it, such as {@code message.fields[2].type}; empty for the
 *     whole
 * @param detail one sentence: the value, what is allowed, what to change
 */
public record DefinitionProblem(Severity severity, String source, String place, String detail) {

  /** An error takes the definition out; a warning does not. */
  public enum Severity {
    ERROR,
    WARNING
  }

  @Override
  public String toString() {
    return source + (place.isEmpty() ? "" : ", " + place) + ": " + detail;
  }
}
