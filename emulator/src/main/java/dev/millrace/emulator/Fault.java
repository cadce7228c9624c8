package dev.millrace.emulator;

import java.time.Duration;

/**
 * Something that goes wrong with a call, as it does on the service. Stall, ResetStream, CutEvent
 * and FailedSubscription go wrong with an event of a subscription that was agreed to; they are
 * scoped by the operation SubscribeToShard too.
 */
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

  /** A 400 with that error of the service, such as ResourceInUseException. */
  record Refusal(String code) implements Fault {}

  /** The subscription goes silent: no event, no heartbeat; it stays open until its life ends. */
  record Stall() implements Fault {}

  /** Half of an event is sent, then the HTTP/2 stream is reset; the connection lives on. */
  record ResetStream() implements Fault {}

  /** Half of an event is sent, then the connection is closed, with all it carries. */
  record CutEvent() implements Fault {}

  /** The subscription ends with a message of that error, such as InternalFailureException. */
  record FailedSubscription(String code) implements Fault {}

  /** The subscription ends well, but that soon, by the emulator's clock. */
  record ShortSubscription(Duration life) implements Fault {}

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

  static Fault refusal(String code) {
    return new Refusal(code);
  }

  static Fault stall() {
    return new Stall();
  }

  static Fault resetStream() {
    return new ResetStream();
  }

  static Fault cutEvent() {
    return new CutEvent();
  }

  static Fault failedSubscription(String code) {
    return new FailedSubscription(code);
  }

  static Fault shortSubscription(Duration life) {
    return new ShortSubscription(life);
  }
}
