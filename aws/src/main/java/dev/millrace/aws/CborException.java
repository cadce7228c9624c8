package dev.millrace.aws;

/** A CBOR body is cut short, damaged, or not what was expected. The message says where. */
final class CborException extends Exception {
  private static final long serialVersionUID = 1L;

  CborException(String message) {
    super(message);
  }
}
