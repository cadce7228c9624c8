package dev.millrace.emulator;

import java.time.Duration;

/** Something that goes wrong with a call, as it does on the service. */
public sealed interface Fault {

  /** The answer comes that much later, in real time: a manual clock does not hasten it. */
  record Latency(Duration by) implements Fault {}

  /** ProvisionedThroughputExceededException; in PutRecords, for every record. */
  record Throttle() implements Fault {}

  /** 500 InternalFailure or 503 ServiceUnavailable; the operation does not run. */
  record ServerError(int status) implements Fault {
    public ServerError {
      if (status != 500 && status != 503) {
        throw new IllegalArgumentException("A server error is 500 or 503, not " + status);
      }
    }
  }

  /** The connection is closed without an answer; the operation does not run. */
  record DroppedConnection() implements Fault {}

  /** The operation runs, half of its answer is sent, and the connection is closed. */
  record CutAnswer() implements Fault {}

  /** ExpiredIteratorException, in GetRecords only. */
  record ExpiredIterator() implements Fault {}

  /**
   * GetRecords answers no records though there are some, and says truthfully how far behind it is.
   */
  record EmptyAnswer() implements Fault {}

  /** AccessDeniedException: the credentials are good, the permission is missing. */
  record AccessDenied() implements Fault {}

  /** ExpiredTokenException: the session credentials are too old. */
  record ExpiredCredentials() implements Fault {}

  static Fault latency(Duration by) {
    return new Latency(by);
  }

  static Fault throttle() {
    return new Throttle();
  }

  static Fault serverError(int status) {
    return new ServerError(status);
  }

  static Fault droppedConnection() {
    return new DroppedConnection();
  }

  static Fault cutAnswer() {
    return new CutAnswer();
  }

  static Fault expiredIterator() {
    return new ExpiredIterator();
  }

  static Fault emptyAnswer() {
    return new EmptyAnswer();
  }

  static Fault accessDenied() {
    return new AccessDenied();
  }

  static Fault expiredCredentials() {
    return new ExpiredCredentials();
  }
}
