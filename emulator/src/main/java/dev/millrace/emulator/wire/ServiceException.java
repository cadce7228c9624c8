package dev.millrace.emulator.wire;

/** An error as the service answers it: a code that SDKs turn into an exception type, and a text. */
public final class ServiceException extends RuntimeException {
  private static final int BAD_REQUEST = 400;

  private final String code;
  private final int status;

  private ServiceException(String code, int status, String message) {
    // The trace of a refused request tells nobody anything.
    super(message, null, false, false);
    this.code = code;
    this.status = status;
  }

  public static ServiceException of(String code, String message) {
    return new ServiceException(code, BAD_REQUEST, message);
  }

  public static ServiceException server(int status, String code, String message) {
    return new ServiceException(code, status, message);
  }

  public static ServiceException notFound(String message) {
    return of("ResourceNotFoundException", message);
  }

  public static ServiceException invalidArgument(String message) {
    return of("InvalidArgumentException", message);
  }

  public static ServiceException serialization(String message) {
    return of("SerializationException", message);
  }

  public static ServiceException throttled(String message) {
    return of("ProvisionedThroughputExceededException", message);
  }

  public static ServiceException limitExceeded(String message) {
    return of("LimitExceededException", message);
  }

  public String code() {
    return code;
  }

  public int status() {
    return status;
  }

  public String text() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
