package dev.millrace.read;

import java.time.Instant;

/**
 * An enhanced fan-out consumer as the service lists it.
 *
 * @param status {@code CREATING}, {@code ACTIVE} or {@code DELETING}
 */
public record StreamConsumer(String name, ConsumerArn arn, String status, Instant created) {}
