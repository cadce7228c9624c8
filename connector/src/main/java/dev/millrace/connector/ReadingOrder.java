package dev.millrace.connector;

import dev.millrace.stream.Position;
import dev.millrace.stream.SequenceNumber;
import java.util.Optional;

/** Which of two positions in one shard comes first. */
final class ReadingOrder {
  private ReadingOrder() {}

  /** Times and the trim horizon are where a reading began, so nothing comes before them. */
  static boolean isBefore(Position one, Position other) {
    Optional<SequenceNumber> first = sequence(one);
    Optional<SequenceNumber> second = sequence(other);
    if (first.isEmpty() || second.isEmpty()) {
      return second.isPresent();
    }
    int order = first.get().compareTo(second.get());
    return order != 0 ? order < 0 : inside(one) < inside(other);
  }

  private static Optional<SequenceNumber> sequence(Position position) {
    if (position instanceof Position.AfterSequenceNumber after) {
      return Optional.of(after.sequence());
    }
    return position instanceof Position.AtSequenceNumber at
        ? Optional.of(at.sequence())
        : Optional.empty();
  }

  private static long inside(Position position) {
    if (position instanceof Position.AfterSequenceNumber after) {
      return after.subsequence().orElse(Long.MAX_VALUE);
    }
    return -1;
  }
}
