package dev.millrace.cli.output;

/** Text that is one JSON value already. */
public record JsonText(String json) {
  @Override
  public String toString() {
    return json;
  }
}
