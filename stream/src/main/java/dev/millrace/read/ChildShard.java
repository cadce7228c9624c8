package dev.millrace.read;

import dev.millrace.stream.ShardId;
import java.util.List;

/** A shard that follows a closed one, as the service names it at the closed one's end. */
public record ChildShard(ShardId id, List<ShardId> parents) {}
