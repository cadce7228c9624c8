package dev.millrace.local.fill;

/**
 * How far a fill is.
 *
 * @param records stored by this fill
 * @param bytes of data in them
 * @param shardsDone shards with nothing left to read
 * @param shards all of them
 */
public record FillProgress(long records, long bytes, int shardsDone, int shards) {}
