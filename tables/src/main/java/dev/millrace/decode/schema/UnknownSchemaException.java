package dev.millrace.decode.schema;

/**
 * There is no such schema version, and asking again would not bring one. Messages that name it are
 * bad; the message of this is their reason: one clause that says what is wrong and what to do.
 */
public final class UnknownSchemaException extends Exception {
  private static final long serialVersionUID = 1L;

  public UnknownSchemaException(String message) {
    super(message);
  }
}
