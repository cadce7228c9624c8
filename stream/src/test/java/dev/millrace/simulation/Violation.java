package dev.millrace.simulation;

/** The reader broke a promise, or the simulator is wrong. */
final class Violation extends AssertionError {
  private static final long serialVersionUID = 1L;

  Violation(String what) {
    super(what);
  }
}
