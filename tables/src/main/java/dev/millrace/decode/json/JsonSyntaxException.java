package dev.millrace.decode.json;

/** Bytes that are not JSON. Thrown for data, not for faults of ours, so it has no stack trace. */
public final class JsonSyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int offset;

  JsonSyntaxException(int offset, String detail) {
    super(detail, null, false, false);
    this.offset = offset;
  }

  /** Where, in bytes from the message's first. */
  public int offset() {
    return offset;
  }
}
