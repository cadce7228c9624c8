package dev.millrace.emulator.http;

import org.jspecify.annotations.Nullable;

/**
 * One request as it came in.
 *
 * @param target the X-Amz-Target header
 */
@SuppressWarnings("ArrayRecordComponent") // A hand-over of a body; never compared or kept.
public record Request(@Nullable String target, @Nullable String contentType, byte[] body) {}
