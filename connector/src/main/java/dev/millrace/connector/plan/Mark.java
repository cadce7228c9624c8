package dev.millrace.connector.plan;

import dev.millrace.stream.StreamIdentity;

/**
 * Under what a split that delivered its whole range says so.
 *
 * @param query the engine's id of the query
 * @param scan which of the query's scans the split is of: the two of a self-join are told apart
 */
public record Mark(String query, String scan, StreamIdentity stream) {}
