package dev.millrace.pinot.consume;

import dev.millrace.read.KinesisException;
import dev.millrace.stream.MillraceException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Readings that failed in a row. The reader inside has tried each for minutes already, or knows
 * that trying does not help.
 */
final class Failures {
  private static final Logger LOGGER = LoggerFactory.getLogger(Failures.class);
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private int inRow;
  private @Nullable MillraceException last;
  private long at;

  void add(MillraceException failure, long now) {
    inRow++;
    last = failure;
    at = now;
    if (Integer.bitCount(inRow) == 1) { // The first, and ever fewer of the rest.
      LOGGER.warn("Reading failed {} time(s) in a row: {}", inRow, failure.getMessage(), failure);
    }
  }

  void over() {
    if (inRow > 0) {
      LOGGER.info("Reading goes on after {} failure(s)", inRow);
    }
    inRow = 0;
    last = null;
  }

  Optional<MillraceException> last() {
    return Optional.ofNullable(last);
  }

  /** When the last of them was. */
  long at() {
    return at;
  }

  /** When to try again. */
  long retryAt() {
    long wait = FIRST_WAIT.toNanos() << Math.min(inRow - 1, 10);
    return at + Math.min(LONGEST_WAIT.toNanos(), wait);
  }

  /**
   * Whether somebody has to mend it: Pinot, told often enough, takes the segment offline where
   * people see it, and its validation brings it back.
   */
  static boolean needsPeople(MillraceException failure) {
    return switch (failure.code()) {
      case ACCESS, USER, DEFINITION, BAD_RECORD, INTERNAL -> true;
      case EXTERNAL, THROTTLED, NOT_FOUND ->
          failure instanceof KinesisException call && call.kind() == KinesisException.Kind.REFUSED;
    };
  }
}
