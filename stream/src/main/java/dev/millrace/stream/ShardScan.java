package dev.millrace.stream;

/**
 * One shard, a position, a bound: the unit of work everywhere.
 *
 * @param facts what is known of the shard beforehand
 */
public record ShardScan(
    StreamRef stream, ShardId shard, Position from, Bound to, ShardFacts facts) {

  /** A scan of a shard of which nothing is known beforehand. */
  public ShardScan(StreamRef stream, ShardId shard, Position from, Bound to) {
    this(stream, shard, from, to, ShardFacts.none());
  }

  @Override
  public String toString() {
    return shard + " of stream " + stream + " from " + from;
  }
}
