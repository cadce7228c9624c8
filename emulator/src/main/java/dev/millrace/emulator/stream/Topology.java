package dev.millrace.emulator.stream;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The shards of a stream at one moment, immutable: a put routes by it without a lock. */
record Topology(List<Shard> shards, List<Shard> open, Map<String, Shard> byId) {

  /** Any shards, by number; the open ones are found and ordered by hash key. */
  static Topology of(List<Shard> shards) {
    List<Shard> open = new ArrayList<>();
    Map<String, Shard> byId = new HashMap<>();
    for (Shard shard : shards) {
      byId.put(shard.id(), shard);
      if (shard.isOpen()) {
        open.add(shard);
      }
    }
    open.sort(Comparator.comparing(shard -> shard.hashKeyRange().start()));
    return new Topology(List.copyOf(shards), List.copyOf(open), byId);
  }

  /** The open shard whose range holds {@code hashKey}; the open shards cover the whole space. */
  Shard route(BigInteger hashKey) {
    int low = 0;
    int high = open.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (open.get(middle).hashKeyRange().start().compareTo(hashKey) <= 0) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return open.get(low);
  }
}
