package dev.millrace.read;

import dev.millrace.stream.Shard;
import java.util.List;
import java.util.Optional;

/** A page of shards and the token of the next one, which lives 300 seconds. */
public record ShardPage(List<Shard> shards, Optional<String> nextToken) {}
