package dev.millrace.read;

import java.time.Instant;

/** Which of a stream's shards to list. */
public sealed interface ShardFilter {

  /** Every shard that still holds data, closed ones included. */
  record FromTrimHorizon() implements ShardFilter {}

  /** Every shard that was open at an instant or later. */
  record FromTimestamp(Instant time) implements ShardFilter {}

  /** The shards open now. */
  record AtLatest() implements ShardFilter {}

  static ShardFilter fromTrimHorizon() {
    return new FromTrimHorizon();
  }

  static ShardFilter from(Instant time) {
    return new FromTimestamp(time);
  }

  static ShardFilter atLatest() {
    return new AtLatest();
  }
}
