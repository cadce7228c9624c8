/**
 * What a server reads a shard with: {@link dev.millrace.pinot.consume.KinesisShardConsumer} gives
 * Pinot's consuming loop batches of user records, and the truth where there are none.
 */
@NullMarked
package dev.millrace.pinot.consume;

import org.jspecify.annotations.NullMarked;
