package dev.millrace.read;

import java.time.Instant;

/** An iterator, and the service's clock when it was made, or a little before. */
public record IteratorAnswer(ShardIterator iterator, Instant serviceTime) {}
