package dev.millrace.decode.envelope;

/** A part of an array, its end exclusive. */
record Range(int start, int end) {
  static final Range NONE = new Range(-1, -1);

  boolean isNone() {
    return start < 0;
  }

  int length() {
    return end - start;
  }
}
