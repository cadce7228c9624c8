package dev.millrace.connector.plan;

import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.Shard;
import java.math.BigInteger;
import java.util.Optional;

/**
 * What a condition on sequence numbers says of one shard. SQL compares them as text, the service as
 * numbers: a bound is pushed down only where the two agree on every number the shard can have, that
 * is where all have as many digits as the bound.
 */
record SequencePushdown(SequenceRange range, Shard shard) {
  /** A number of 186 bits has no more digits. */
  private static final int MOST_DIGITS = 56;

  /** Whether no number of the shard can be in the range. */
  boolean excludesAll() {
    boolean behind =
        from().isPresent()
            && shard.lastSequence().filter(last -> last.isBefore(from().get())).isPresent();
    boolean ahead = until().filter(bound -> bound.isBefore(shard.firstSequence())).isPresent();
    return behind || ahead;
  }

  /** The first number wanted, where it is one the shard can have and not its first. */
  Optional<SequenceNumber> start() {
    return from().filter(shard.firstSequence()::isBefore);
  }

  /** The first number not wanted any more, of a shard that is closed: an open one has to wait. */
  Optional<SequenceNumber> end() {
    return until()
        .filter(bound -> shard.lastSequence().filter(bound::isBefore).isPresent())
        .map(SequencePushdown::next);
  }

  private Optional<SequenceNumber> from() {
    return range.from().filter(this::comparesAlike);
  }

  private Optional<SequenceNumber> until() {
    return range.until().filter(this::comparesAlike);
  }

  private boolean comparesAlike(SequenceNumber bound) {
    int digits = bound.digits().length();
    int mostOfShard =
        shard
            .lastSequence()
            .map(last -> last.digits().length())
            .orElse(Math.max(digits, MOST_DIGITS));
    return shard.firstSequence().digits().length() == digits && mostOfShard == digits;
  }

  private static SequenceNumber next(SequenceNumber number) {
    return new SequenceNumber(new BigInteger(number.digits()).add(BigInteger.ONE).toString());
  }
}
