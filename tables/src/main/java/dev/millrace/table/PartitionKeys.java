package dev.millrace.table;

/** What a record's partition key says of the shard it is in. */
public enum PartitionKeys {
  /** Nothing that can be relied on. */
  UNKNOWN,
  /**
   * The MD5 of a record's key, and nothing else, decides its shard: no producer gives explicit hash
   * keys, or puts aggregates whose shards were split or merged since they were made.
   */
  DECIDE_SHARD
}
