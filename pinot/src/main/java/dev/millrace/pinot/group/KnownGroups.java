package dev.millrace.pinot.group;

import dev.millrace.stream.ShardId;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The groups that this JVM was last told of, for each table and stream. Pinot names none when a
 * table goes on after a pause, and yet expects the ids it has stored. A controller that was started
 * during the pause knows none; the ids it makes are the same unless two shards wanted the same one.
 * Thread-safe.
 */
final class KnownGroups {
  private record Of(String table, String stream) {}

  private final Map<Of, Map<ShardId, Integer>> known = new ConcurrentHashMap<>();

  void note(String table, String stream, Map<ShardId, Integer> ids) {
    known.put(new Of(table, stream), new HashMap<>(ids));
  }

  /** None where nothing was noted. */
  Map<ShardId, Integer> of(String table, String stream) {
    return known.getOrDefault(new Of(table, stream), Map.of());
  }
}
