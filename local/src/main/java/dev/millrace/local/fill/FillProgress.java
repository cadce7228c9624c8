package dev.millrace.local.fill;

import java.time.Duration;

/**
 * How far a fill is.
 *
 * @param records stored by this fill
 * @param bytes of data in them
 * @param shardsDone shards with nothing left to read
 * @param shards all of them
 * @param behind how far the furthest of the others is from the end of the time asked for; zero
 *     where that is not known yet
 */
public record FillProgress(long records, long bytes, int shardsDone, int shards, Duration behind) {}
