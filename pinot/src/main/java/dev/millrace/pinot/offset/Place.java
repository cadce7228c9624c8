package dev.millrace.pinot.offset;

import dev.millrace.stream.SequenceNumber;
import java.time.Instant;
import java.util.Optional;

/** A place in a shard, as an offset names it. */
public sealed interface Place {

  /**
   * After this record, or at it where it is the shard's StartingSequenceNumber: a shard of which
   * nothing was read yet is stored with that number.
   */
  record Whole(SequenceNumber sequence) implements Place {}

  /**
   * After a user record inside an aggregate.
   *
   * @param sequence the aggregate's
   * @param subsequence the last user record that was consumed
   * @param before where one stood before the aggregate: Pinot's own plugin goes on from there;
   *     empty where that was no sequence number
   */
  record Inside(SequenceNumber sequence, long subsequence, Optional<SequenceNumber> before)
      implements Place {}

  /**
   * The first record that arrived at this instant or later. The controller sets the instant, so
   * that all replicas start at the same record.
   */
  record Time(Instant instant) implements Place {}

  /** The newest end, wherever that is: what nobody has reached. */
  record Tip() implements Place {}
}
