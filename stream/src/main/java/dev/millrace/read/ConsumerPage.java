package dev.millrace.read;

import java.util.List;
import java.util.Optional;

/** A page of a stream's consumers and the token of the next one. */
public record ConsumerPage(List<StreamConsumer> consumers, Optional<String> nextToken) {}
