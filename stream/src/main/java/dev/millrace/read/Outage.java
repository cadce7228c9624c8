package dev.millrace.read;

import dev.millrace.stream.MillraceException;
import dev.millrace.stream.ShardScan;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/** Calls that fail in a row: how long to wait before the next, and when to give up. */
final class Outage {
  private static final Duration FIRST_WAIT = Duration.ofMillis(200);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final ShardScan scan;
  private final Duration patience;
  private final Backoff backoff;
  private int failures;

  /** Time spent in calls that failed and in waiting after them; not in the consumer's hands. */
  private long nanos;

  Outage(ShardScan scan, Duration patience, RandomGenerator jitter) {
    this.scan = scan;
    this.patience = patience;
    this.backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT, jitter);
  }

  /** Something came. */
  void over() {
    failures = 0;
    nanos = 0;
  }

  /**
   * Another call failed.
   *
   * @return how many nanoseconds to wait; empty where patience is over
   */
  OptionalLong failed(long calledAt, long now) {
    failures++;
    nanos += now - calledAt;
    if (nanos >= patience.toNanos()) {
      return OptionalLong.empty();
    }
    long wait = backoff.nanos(failures);
    nanos += wait;
    return OptionalLong.of(wait);
  }

  /** What to tell where patience is over. */
  MillraceException failure(KinesisException last) {
    return new MillraceException(
        last.code(),
        "Cannot read "
            + scan.shard()
            + " of stream "
            + scan.stream()
            + ": it failed "
            + failures
            + " times in "
            + Duration.ofNanos(nanos).toSeconds()
            + " s, last with: "
            + last.getMessage(),
        last);
  }
}
