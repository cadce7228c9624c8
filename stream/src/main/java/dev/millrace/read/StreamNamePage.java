package dev.millrace.read;

import java.util.List;
import java.util.Optional;

/** A page of stream names and the token of the next one. */
public record StreamNamePage(List<String> names, Optional<String> nextToken) {}
