package dev.millrace.pinot.consume;

import dev.millrace.read.ReadMetrics;
import dev.millrace.stream.ShardScan;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * How far behind the shard's tip its reader is, as of the newest answer. Told on the reader's
 * thread, asked on the consumer's.
 */
final class Tip implements ReadMetrics {

  /** How long after an answer was due its absence means that nothing is known any more. */
  private static final Duration LATE = Duration.ofSeconds(2);

  /** A live subscription pushes something every five seconds. */
  private static final Duration PUSHES = Duration.ofSeconds(5);

  /**
   * What an answer said.
   *
   * @param empty whether it brought nothing: only then is all before it in the consumer's hands
   */
  private record Told(long lagMillis, boolean empty, long nanos, long epochMillis) {}

  private final Waiting clock;
  private final long freshNanos;
  private volatile Told told;
  private volatile boolean known;
  private volatile boolean empty;

  /**
   * @param spacing how far apart a consumer's calls at the tip are
   */
  Tip(Waiting clock, Duration spacing) {
    this.clock = clock;
    Duration longest = spacing.compareTo(PUSHES) > 0 ? spacing : PUSHES;
    this.freshNanos = longest.plus(LATE).toNanos();
    this.told = new Told(0, false, 0, 0);
  }

  @Override
  public void received(ShardScan scan, int records, long bytes) {
    empty = records == 0;
  }

  @Override
  public void lag(ShardScan scan, long millis) {
    told = new Told(millis, empty, clock.nanoTime(), clock.currentTimeMillis());
    known = true;
  }

  /**
   * Whether all there is was read: a recent answer brought nothing and said that it is at the tip.
   */
  boolean isReached() {
    Told last = told;
    return known
        && last.empty()
        && last.lagMillis() == 0
        && clock.nanoTime() - last.nanos() < freshNanos;
  }

  /** Whether an answer came at this time or later. */
  boolean isToldSince(long nanos) {
    return known && told.nanos() - nanos >= 0;
  }

  /** Up to which arrival time the shard was read, in milliseconds since the epoch, where known. */
  OptionalLong readToMillis() {
    Told last = told;
    return known ? OptionalLong.of(last.epochMillis() - last.lagMillis()) : OptionalLong.empty();
  }
}
