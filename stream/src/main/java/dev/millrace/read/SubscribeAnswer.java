package dev.millrace.read;

import java.time.Instant;

/** A subscription, and the service's clock when it began, or a little before. */
public record SubscribeAnswer(Subscription subscription, Instant serviceTime) {}
