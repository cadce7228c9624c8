package dev.millrace.local.store;

import dev.millrace.stream.SequenceNumber;
import java.time.Instant;
import java.util.Optional;

/**
 * A stretch of a shard that is stored whole: every record from the first one that arrived at {@code
 * from} or later, in sequence order, up to and including {@code last}.
 *
 * @param from the arrival time it was asked from
 * @param held its first and last record; empty where the shard had none
 * @param readTo nothing that arrived before it follows the last record; where reading stopped short
 *     of proof, that is the arrival slack less than the time it came to
 * @param closed nothing follows: the shard is closed and was read to its end
 */
public record Interval(Instant from, Optional<Span> held, Instant readTo, boolean closed) {

  /** The first and the last record, both stored. */
  public record Span(SequenceNumber first, SequenceNumber last) {
    public Span {
      if (last.isBefore(first)) {
        throw new IllegalArgumentException(last + " comes before " + first);
      }
    }
  }

  /** An interval in which nothing was read yet. */
  public static Interval startingAt(Instant from) {
    return new Interval(from, Optional.empty(), from, false);
  }

  /** With the records that follow. */
  public Interval extended(SequenceNumber first, SequenceNumber last, Instant newReadTo) {
    SequenceNumber start = held.map(Span::first).orElse(first);
    return new Interval(from, Optional.of(new Span(start, last)), later(newReadTo), closed);
  }

  public Interval readTo(Instant time) {
    return new Interval(from, held, later(time), closed);
  }

  public Interval closedAt(Instant time) {
    return new Interval(from, held, later(time), true);
  }

  /** This one and the one that follows it without a gap. */
  public Interval joined(Interval next) {
    Optional<Span> both =
        held.flatMap(a -> next.held.map(b -> new Span(a.first(), b.last())))
            .or(() -> held)
            .or(() -> next.held);
    return new Interval(from, both, next.later(readTo), next.closed);
  }

  private Instant later(Instant time) {
    return time.isAfter(readTo) ? time : readTo;
  }
}
