package dev.millrace.read;

import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamIdentity;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far a stream was followed.
 *
 * @param life the life of the stream that the positions belong to
 * @param shards a shard that is not in it and descends from one that is was not begun
 */
public record StreamProgress(StreamIdentity life, Map<ShardId, ShardProgress> shards) {
  public StreamProgress {
    shards = Collections.unmodifiableMap(new LinkedHashMap<>(shards));
  }
}
