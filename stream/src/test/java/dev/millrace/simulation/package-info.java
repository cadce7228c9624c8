/**
 * The reader against a stream in memory, on one thread and a clock that only moves when nothing is
 * left to do. A seed decides the stream, every fault and every order of events, so a failing seed
 * is a failing test for ever.
 */
@NullMarked
package dev.millrace.simulation;

import org.jspecify.annotations.NullMarked;
