package dev.millrace.connector.split;

import dev.millrace.connector.plan.TimeRange;
import dev.millrace.stream.UserRecord;
import java.time.Instant;

/** The arrival times whose records are wanted, in milliseconds: from inclusive, until exclusive. */
record ArrivalFilter(long fromMillis, long untilMillis) {
  static ArrivalFilter of(TimeRange range) {
    return new ArrivalFilter(
        range.from().map(ArrivalFilter::ceiling).orElse(Long.MIN_VALUE),
        range.until().map(ArrivalFilter::ceiling).orElse(Long.MAX_VALUE));
  }

  /** Arrival times are whole milliseconds, so the first one not before an instant stands for it. */
  private static long ceiling(Instant time) {
    if (time.isBefore(Instant.ofEpochMilli(Long.MIN_VALUE))) {
      return Long.MIN_VALUE;
    } else if (time.isAfter(Instant.ofEpochMilli(Long.MAX_VALUE))) {
      return Long.MAX_VALUE;
    }
    long millis = time.toEpochMilli();
    return Instant.ofEpochMilli(millis).isBefore(time) ? millis + 1 : millis;
  }

  boolean passes(UserRecord record) {
    long arrival = record.arrivalMillis();
    return arrival >= fromMillis && arrival < untilMillis;
  }

  boolean passesAll() {
    return fromMillis == Long.MIN_VALUE && untilMillis == Long.MAX_VALUE;
  }
}
