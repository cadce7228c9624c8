package dev.millrace.stream;

import java.time.Duration;
import java.time.Instant;

/**
 * What the service says of a stream as a whole.
 *
 * @param serviceTime the service's own clock when it answered, or a little after: what arrived
 *     before the answer did not arrive after it
 */
public record StreamSummary(
    StreamIdentity identity,
    String status,
    Duration retention,
    int openShards,
    Instant serviceTime) {}
