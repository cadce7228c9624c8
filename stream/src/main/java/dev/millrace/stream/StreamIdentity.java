package dev.millrace.stream;

import java.time.Instant;

/**
 * One life of a stream. A stream deleted and created again under its old name has the same ARN and
 * another creation time; positions and stored records of the one mean nothing in the other.
 */
public record StreamIdentity(String arn, Instant created) {}
