package dev.millrace.read;

import dev.millrace.stream.Shard;
import dev.millrace.stream.ShardId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The graph that splits and merges make of a stream's shards. A child has one parent (a split) or
 * two (a merge); a parent that retention took is no longer in it, and blocks nobody.
 */
public final class Lineage {
  private final Map<ShardId, Shard> shards;
  private final Map<ShardId, List<Shard>> children;

  private Lineage(Map<ShardId, Shard> shards, Map<ShardId, List<Shard>> children) {
    this.shards = shards;
    this.children = children;
  }

  public static Lineage of(Collection<Shard> listed) {
    Map<ShardId, Shard> shards = new LinkedHashMap<>();
    listed.forEach(shard -> shards.put(shard.id(), shard));
    Map<ShardId, List<Shard>> children = new LinkedHashMap<>();
    for (Shard shard : shards.values()) {
      shard
          .parents()
          .filter(shards::containsKey)
          .forEach(parent -> children.computeIfAbsent(parent, id -> new ArrayList<>()).add(shard));
    }
    return new Lineage(shards, children);
  }

  /** Every shard, in the order listed. */
  public Collection<Shard> shards() {
    return Collections.unmodifiableCollection(shards.values());
  }

  public Optional<Shard> find(ShardId id) {
    return Optional.ofNullable(shards.get(id));
  }

  /** The shards whose parents are not, or no longer, listed. */
  public List<Shard> roots() {
    return shards.values().stream().filter(shard -> parents(shard).isEmpty()).toList();
  }

  /** The parents that are listed: none, one, or the two of a merge. */
  public List<Shard> parents(Shard shard) {
    return shard.parents().map(shards::get).filter(java.util.Objects::nonNull).toList();
  }

  public List<Shard> children(ShardId parent) {
    return children.getOrDefault(parent, List.of());
  }
}
