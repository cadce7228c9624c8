package dev.millrace.pinot.offset;

import dev.millrace.stream.Position;
import dev.millrace.stream.SequenceNumber;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** A place in a shard, as an offset names it. */
public sealed interface Place {

  /**
   * After this record, or at it where it is the shard's StartingSequenceNumber: a shard of which
   * nothing was read yet is stored with that number.
   */
  record Whole(SequenceNumber sequence) implements Place {}

  /**
   * After a user record inside an aggregate, or after a message inside a user record whose envelope
   * held several.
   *
   * @param sequence the record's
   * @param subsequence the user record inside it, 0 where it is no aggregate
   * @param message the last message that was consumed of this user record, from 0; empty where all
   *     of it was
   * @param before where one stood before the record: Pinot's own plugin goes on from there; empty
   *     where that was no sequence number
   */
  record Inside(
      SequenceNumber sequence,
      long subsequence,
      OptionalLong message,
      Optional<SequenceNumber> before)
      implements Place {

    /** The position from which this user record is the first, or the one after it is. */
    Position position() {
      if (message.isEmpty()) {
        return Position.after(sequence, subsequence);
      }
      return subsequence == 0 ? Position.at(sequence) : Position.after(sequence, subsequence - 1);
    }
  }

  /**
   * The first record that arrived at this instant or later. The controller sets the instant, so
   * that all replicas start at the same record.
   *
   * @param first the shard's StartingSequenceNumber, where known: Pinot's own plugin, which starts
   *     at no time, goes on from there
   */
  record Time(Instant instant, Optional<SequenceNumber> first) implements Place {}

  /**
   * The end of a closed shard: no record follows the place.
   *
   * @param place where its last consumer stood when the service said so
   */
  record End(Place place) implements Place {}

  /** The newest end, wherever that is: what nobody has reached. */
  record Tip() implements Place {}

  /** A start by time is before every record, as it was set before one was read. */
  default int rank() {
    return this instanceof Time ? 0 : this instanceof Tip ? 2 : 1;
  }

  /** The number Pinot's own plugin goes on from; empty where there is none. */
  default Optional<SequenceNumber> number() {
    if (this instanceof Whole whole) {
      return Optional.of(whole.sequence());
    } else if (this instanceof Inside inside) {
      return inside.before();
    } else if (this instanceof Time time) {
      return time.first();
    } else if (this instanceof End end) {
      return end.place().number();
    }
    return Optional.empty();
  }

  /** The same without the mark of a shard's end. */
  default Place unended() {
    return this instanceof End end ? end.place() : this;
  }
}
