package dev.millrace.emulator.http;

import java.time.Duration;

/**
 * An answer of status 200 that goes on until its source ends it or the client leaves.
 *
 * @param delay how long to wait before the head is sent
 */
public record EventReply(String contentType, String requestId, EventSource source, Duration delay)
    implements Outcome {}
