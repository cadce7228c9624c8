/**
 * The values every home speaks in: streams, shards, sequence numbers, positions, bounds and user
 * records. Immutable, without I/O, on the JDK alone.
 */
@NullMarked
package dev.millrace.stream;

import org.jspecify.annotations.NullMarked;
