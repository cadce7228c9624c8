package dev.millrace.read;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after the n-th failure in a row: doubling, capped, with half of it left to
 * chance.
 */
record Backoff(Duration first, Duration most, RandomGenerator jitter) {

  /**
   * @param failures how many in a row, from 1
   */
  long nanos(int failures) {
    long doubled = first.toNanos() << Math.min(failures - 1, 20);
    long ceiling = Math.min(doubled, most.toNanos());
    return ceiling / 2 + jitter.nextLong(ceiling / 2 + 1);
  }
}
