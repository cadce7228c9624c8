/**
 * One split being read: records fetched on threads of ours, decoded into pages when the engine
 * asks.
 */
@NullMarked
package dev.millrace.connector.split;

import org.jspecify.annotations.NullMarked;
