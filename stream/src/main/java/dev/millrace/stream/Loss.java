package dev.millrace.stream;

/**
 * An entry of the ledger: something that could not be read, and what is known of it.
 *
 * @param detail one sentence with the values a person needs to act on
 */
public record Loss(StreamRef stream, ShardId shard, Kind kind, String detail) {

  /** Why it could not be read. */
  public enum Kind {
    /** Retention took it before the scan came to it. */
    TRIMMED,
    /** The shard, or the position in it, is no longer there. */
    VANISHED,
    /** The scan ended before the service showed that it was complete. */
    CUT_SHORT,
    /** Aggregates that could not be taken apart, delivered raw; rows that were left out as bad. */
    UNDECODABLE
  }
}
