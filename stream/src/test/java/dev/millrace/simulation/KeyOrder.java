package dev.millrace.simulation;

import java.util.HashMap;
import java.util.Map;

/** The order of each partition key's records through all reshards. */
final class KeyOrder {
  private final Map<Key, Long> last = new HashMap<>();

  /** A record whose key is not one of the shard's was put astray and has no order. */
  void check(Part part, WorldShard shard) {
    if (!shard.hashKeys.contains(part.key().hash())) {
      return;
    }
    Long before = last.put(part.key(), part.put());
    if (before != null && before >= part.put()) {
      throw new Violation(
          "records of "
              + part.key().name()
              + " are out of order in "
              + shard
              + ": "
              + part.put()
              + " after "
              + before);
    }
  }
}
