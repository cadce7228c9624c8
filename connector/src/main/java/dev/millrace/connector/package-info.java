/**
 * Streams as the tables of a distributed engine, without the engine: one catalog, and one object
 * for each query that reads from it. An engine's plugin translates its own types to these and back.
 */
@NullMarked
package dev.millrace.connector;

import org.jspecify.annotations.NullMarked;
