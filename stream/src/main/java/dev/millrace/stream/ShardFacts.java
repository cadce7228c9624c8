package dev.millrace.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a shard before it is read. None of it is needed to read; each fact lets the
 * reader tell more.
 *
 * @param hashKeys the hash keys it takes; without them no user record is flagged as out of range
 * @param retention how long the stream holds a record; without it, what retention took while the
 *     scan was under way is noticed only where the record at the scan's own position is gone
 * @param readTo up to which arrival time everything was read before this scan's position, as the
 *     scan before it said
 * @param startThere whether an inclusive start names a record that was there: where it does not
 *     come first, it is gone
 */
public record ShardFacts(
    Optional<HashKeyRange> hashKeys,
    Optional<Duration> retention,
    Optional<Instant> readTo,
    boolean startThere) {

  private static final ShardFacts NONE =
      new ShardFacts(Optional.empty(), Optional.empty(), Optional.empty());

  /** An inclusive start may be a number that no record ever had, such as a shard's first. */
  public ShardFacts(
      Optional<HashKeyRange> hashKeys, Optional<Duration> retention, Optional<Instant> readTo) {
    this(hashKeys, retention, readTo, false);
  }

  public static ShardFacts none() {
    return NONE;
  }

  public ShardFacts withHashKeys(HashKeyRange range) {
    return new ShardFacts(Optional.of(range), retention, readTo, startThere);
  }

  public ShardFacts withRetention(Duration value) {
    return new ShardFacts(hashKeys, Optional.of(value), readTo, startThere);
  }

  public ShardFacts withReadTo(Instant value) {
    return new ShardFacts(hashKeys, retention, Optional.of(value), startThere);
  }

  public ShardFacts withStartThere() {
    return new ShardFacts(hashKeys, retention, readTo, true);
  }
}
