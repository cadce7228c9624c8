package dev.millrace.read;

import dev.millrace.stream.HashKeyRange;
import dev.millrace.stream.ShardId;
import java.util.List;
import java.util.Optional;

/**
 * A shard that follows a closed one, as the service names it at the closed one's end.
 *
 * @param hashKeys the hash keys it takes, where the service says
 */
public record ChildShard(ShardId id, List<ShardId> parents, Optional<HashKeyRange> hashKeys) {

  public ChildShard(ShardId id, List<ShardId> parents) {
    this(id, parents, Optional.empty());
  }
}
