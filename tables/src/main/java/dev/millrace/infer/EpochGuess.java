package dev.millrace.infer;

import dev.millrace.table.ColumnType.TimestampWithTimeZone;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Numbers that are times since the epoch: their name says so, and all lie in this century. */
final class EpochGuess {
  private static final Set<String> WORDS =
      Set.of(
          "at",
          "time",
          "timestamp",
          "ts",
          "date",
          "datetime",
          "created",
          "updated",
          "modified",
          "deleted",
          "expires",
          "expiration",
          "started",
          "ended",
          "epoch",
          "when");

  /** The first seconds of the years 2000 and 2100. */
  private static final double FROM = 946_684_800;

  private static final double TO = 4_102_444_800.0;

  private static final List<Unit> UNITS =
      List.of(
          new Unit("seconds-since-epoch", 1e0, 3),
          new Unit("milliseconds-since-epoch", 1e3, 3),
          new Unit("microseconds-since-epoch", 1e6, 6),
          new Unit("nanoseconds-since-epoch", 1e9, 9));

  private EpochGuess() {}

  /**
   * A unit of time since the epoch; the ranges of no two of them meet.
   *
   * @param precision the digits of a second that whole numbers of it have, or are given
   */
  private record Unit(String dataFormat, double perSecond, int precision) {
    TypeGuess guess(Shape shape) {
      int digits = Math.max(precision, TypeGuess.precision(shape));
      return new TypeGuess(new TimestampWithTimeZone(digits), Optional.of(dataFormat), false);
    }
  }

  /**
   * @param name a column's, in words with underscores between
   */
  static Optional<TypeGuess> find(Shape shape, String name) {
    if (Arrays.stream(name.split("_")).noneMatch(word -> isTime(word, name))) {
      return Optional.empty();
    }
    return UNITS.stream()
        .filter(unit -> shape.isWithin(FROM * unit.perSecond(), TO * unit.perSecond()))
        .findFirst()
        .map(unit -> unit.guess(shape));
  }

  private static boolean isTime(String word, String name) {
    return WORDS.contains(word)
        || (word.endsWith("time") && !name.endsWith("_id"))
        || word.endsWith("timestamp");
  }
}
