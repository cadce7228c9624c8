package dev.millrace.connector.checkpoint;

import java.time.Instant;

/**
 * A name's newest checkpoint.
 *
 * @param version which one it is: advancing succeeds only where it still is the newest
 * @param query the query that moved the name here
 * @param at when it did
 */
public record FoundCheckpoint(Checkpoint checkpoint, long version, String query, Instant at) {}
