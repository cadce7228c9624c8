package dev.millrace.connector.plan;

import dev.millrace.stream.SequenceNumber;
import java.util.Optional;

/**
 * Sequence numbers, as numbers.
 *
 * @param from inclusive
 * @param until inclusive
 */
public record SequenceRange(Optional<SequenceNumber> from, Optional<SequenceNumber> until) {
  public static final SequenceRange ALL = new SequenceRange(Optional.empty(), Optional.empty());

  /** What lies in both. */
  public SequenceRange and(SequenceRange other) {
    return new SequenceRange(Picked.greater(from, other.from), Picked.smaller(until, other.until));
  }
}
