package dev.millrace.decode.field;

/** Part of a nested value does not fit; ends the walk over the rest. */
final class NestedFault extends Exception {
  private static final long serialVersionUID = 1L;

  private final String place;
  private final String detail;

  /**
   * @param place each step with a comma before it, from the outside in
   */
  NestedFault(String place, String detail) {
    super(detail, null, false, false);
    this.place = place;
    this.detail = detail;
  }

  /** The same fault, seen from one level further out. */
  NestedFault in(String step) {
    return new NestedFault(", " + step + place, detail);
  }

  String place() {
    return place;
  }

  String detail() {
    return detail;
  }
}
