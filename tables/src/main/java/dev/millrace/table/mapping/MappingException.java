package dev.millrace.table.mapping;

/** A field says something that its message format cannot do. */
public final class MappingException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String key;

  MappingException(String key, String detail) {
    super(detail);
    this.key = key;
  }

  public FieldFault fault() {
    return new FieldFault(key, String.valueOf(getMessage()));
  }
}
