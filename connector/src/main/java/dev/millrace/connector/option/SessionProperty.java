package dev.millrace.connector.option;

/**
 * A property that a session can set.
 *
 * @param description one sentence
 */
public record SessionProperty(String name, Type type, String description, Visibility visibility) {

  /** What the engine takes its value for. */
  public enum Type {
    BOOLEAN,
    INTEGER,
    LONG,
    TEXT
  }

  /** Whether SHOW SESSION lists it: the old connectors' names work and are not listed. */
  public enum Visibility {
    LISTED,
    HIDDEN
  }
}
