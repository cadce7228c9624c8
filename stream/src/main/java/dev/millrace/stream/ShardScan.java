package dev.millrace.stream;

/** One shard, a position, a bound: the unit of work everywhere. */
public record ShardScan(StreamRef stream, ShardId shard, Position from, Bound to) {
  @Override
  public String toString() {
    return shard + " of stream " + stream + " from " + from;
  }
}
