package dev.millrace.fuzz;

/** Something did not hold of an input. */
final class FuzzFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FuzzFailure(long input, Throwable cause) {
    super("FuzzMain --input " + input + ": " + cause, cause);
  }
}
