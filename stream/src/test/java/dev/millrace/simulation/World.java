package dev.millrace.simulation;

import dev.millrace.stream.ShardId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A stream's whole history, past and to come; no reader changes anything in it. Times are
 * milliseconds since {@link Scheduler#START}.
 *
 * @param readFrom when reading may begin
 * @param end after it nothing is put any more
 * @param retentionMillis how long a record is held
 * @param trimTickMillis retention does its work only so often
 */
record World(
    List<WorldShard> shards,
    long readFrom,
    long end,
    long retentionMillis,
    long trimTickMillis,
    Map<ShardId, WorldShard> byId) {

  static World of(List<WorldShard> shards, long readFrom, long end, long retention, long trimTick) {
    Map<ShardId, WorldShard> byId = new LinkedHashMap<>();
    shards.forEach(shard -> byId.put(shard.id, shard));
    return new World(List.copyOf(shards), readFrom, end, retention, trimTick, byId);
  }

  WorldShard shard(ShardId id) {
    WorldShard shard = byId.get(id);
    if (shard == null) {
      throw new Violation("there is no shard " + id);
    }
    return shard;
  }

  /** What arrived before it may be gone. */
  long horizon(long millis) {
    return millis - retentionMillis;
  }

  /** How many of a shard's records retention took. */
  int trimmed(WorldShard shard, long millis) {
    return shard.olderThan(Math.floorDiv(horizon(millis), trimTickMillis) * trimTickMillis);
  }

  boolean isVanished(WorldShard shard, long millis) {
    return shard.closedAt < Math.floorDiv(horizon(millis), trimTickMillis) * trimTickMillis;
  }
}
