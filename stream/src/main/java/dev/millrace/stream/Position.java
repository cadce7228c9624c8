package dev.millrace.stream;

import java.time.Instant;
import java.util.OptionalLong;

/** Where reading starts. Inclusive or exclusive is part of the type. */
public sealed interface Position {

  /** The oldest record retention still holds. */
  record TrimHorizon() implements Position {
    @Override
    public String toString() {
      return "TRIM_HORIZON";
    }
  }

  /** After the newest record there is when the iterator is made. */
  record Latest() implements Position {
    @Override
    public String toString() {
      return "LATEST";
    }
  }

  /** The first record, in sequence order, that arrived at this instant or later. */
  record AtTimestamp(Instant time) implements Position {
    @Override
    public String toString() {
      return "AT_TIMESTAMP " + time;
    }
  }

  /** This record and what follows it. */
  record AtSequenceNumber(SequenceNumber sequence) implements Position {
    @Override
    public String toString() {
      return "AT_SEQUENCE_NUMBER " + sequence;
    }
  }

  /**
   * What follows this record.
   *
   * @param subsequence the user record inside the aggregate after which to go on; empty means after
   *     the whole record
   */
  record AfterSequenceNumber(SequenceNumber sequence, OptionalLong subsequence)
      implements Position {
    @Override
    public String toString() {
      String inside = subsequence.isPresent() ? ":" + subsequence.getAsLong() : "";
      return "AFTER_SEQUENCE_NUMBER " + sequence + inside;
    }
  }

  static Position trimHorizon() {
    return new TrimHorizon();
  }

  static Position latest() {
    return new Latest();
  }

  static Position at(Instant time) {
    return new AtTimestamp(time);
  }

  static Position at(SequenceNumber sequence) {
    return new AtSequenceNumber(sequence);
  }

  /** After a user record inside an aggregate. */
  static Position after(SequenceNumber sequence, long subsequence) {
    return new AfterSequenceNumber(sequence, OptionalLong.of(subsequence));
  }

  /** After the whole record, whatever is inside it. */
  static Position after(SequenceNumber sequence) {
    return new AfterSequenceNumber(sequence, OptionalLong.empty());
  }
}
