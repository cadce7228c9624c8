/**
 * Reading a stream: lineage, planning, pacing, the shard reader and its polling driver. The service
 * is behind one port, {@link dev.millrace.read.Kinesis}; clocks and randomness are handed in, so
 * that a simulator can decide everything that happens.
 */
@NullMarked
package dev.millrace.read;

import org.jspecify.annotations.NullMarked;
