package dev.millrace.stream;

import java.time.Instant;

/** Where reading stops. Every bound is exclusive: the record that meets it is not delivered. */
public sealed interface Bound {

  /**
   * The tip as it was at an instant: ends at the first record, in sequence order, that arrived
   * after it, or once the service shows that everything up to it was read.
   */
  record TipAsOf(Instant snapshot) implements Bound {}

  /**
   * A time in the past of the snapshot. Arrival times are only nearly ordered, so the reader goes
   * on until it is past it by the arrival slack and delivers what it met: the consumer keeps its
   * own filter on arrival time.
   */
  record BeforeTime(Instant time) implements Bound {}

  /** The record with this sequence number, or the first one beyond it. */
  record BeforeSequence(SequenceNumber sequence) implements Bound {}

  /** None: the reader follows the shard until it is closed and read to its end. */
  record Never() implements Bound {}

  static Bound tipAsOf(Instant snapshot) {
    return new TipAsOf(snapshot);
  }

  static Bound before(Instant time) {
    return new BeforeTime(time);
  }

  static Bound before(SequenceNumber sequence) {
    return new BeforeSequence(sequence);
  }

  static Bound never() {
    return new Never();
  }
}
