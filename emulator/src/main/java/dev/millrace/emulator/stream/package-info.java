/**
 * What the service keeps: streams, shards, their lineage, and each shard's log of encoded records.
 */
@NullMarked
package dev.millrace.emulator.stream;

import org.jspecify.annotations.NullMarked;
