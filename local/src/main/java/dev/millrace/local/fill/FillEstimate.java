package dev.millrace.local.fill;

import java.time.Duration;

/**
 * What is still to be read, judged by the first answer of each shard.
 *
 * @param shards the shards with much to read
 * @param bytes about how many bytes they have, all together
 * @param leastTime the time that takes at the service's limits of 2 MB and 5 calls a second for
 *     each shard
 */
public record FillEstimate(int shards, long bytes, Duration leastTime) {}
