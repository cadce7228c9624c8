package dev.millrace.decode.schema;

/**
 * There is no such schema version. Messages that name it are bad; the message of this is their
 * reason: one clause that says what is wrong and what to do.
 */
public final class UnknownSchemaException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean absent;

  /** What would be the same whenever and wherever it is asked. */
  public UnknownSchemaException(String message) {
    this(message, false);
  }

  private UnknownSchemaException(String message, boolean absent) {
    super(message);
    this.absent = absent;
  }

  /** The registry that was asked does not have it: it may later, or another one may. */
  public static UnknownSchemaException absent(String message) {
    return new UnknownSchemaException(message, true);
  }

  /** Whether it may be found another time, so that messages that name it are to be read again. */
  public boolean isAbsent() {
    return absent;
  }
}
