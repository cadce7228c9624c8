package dev.millrace.connector.plan;

import dev.millrace.stream.StreamIdentity;

/**
 * Under what a split that delivered its whole range says so.
 *
 * @param reader one scan of one query: the two scans of a self-join are told apart
 */
public record Mark(String reader, StreamIdentity stream) {}
