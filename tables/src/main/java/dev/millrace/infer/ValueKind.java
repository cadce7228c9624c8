package dev.millrace.infer;

/** What a value is, as far as its type is concerned. */
enum ValueKind {
  NULL("null"),
  BOOLEAN("booleans"),
  /** Fits 64 bits. */
  WHOLE("whole numbers"),
  /** Fits DECIMAL(38,0). */
  LARGE_WHOLE("whole numbers beyond 64 bits"),
  FRACTION("fractions"),
  /** A number that no type holds. */
  HUGE("numbers no type can hold"),
  DATE("dates"),
  /** A date and a time without a zone. */
  LOCAL_TIME("times without a zone"),
  INSTANT("times with a zone"),
  UUID("UUIDs"),
  TEXT("text"),
  OBJECT("objects"),
  ARRAY("arrays");

  private final String plural;

  ValueKind(String plural) {
    this.plural = plural;
  }

  /** What people call several of them. */
  String plural() {
    return plural;
  }

  boolean isNumber() {
    return this == WHOLE || this == LARGE_WHOLE || this == FRACTION || this == HUGE;
  }
}
