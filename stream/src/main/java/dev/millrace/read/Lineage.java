package dev.millrace.read;

import dev.millrace.stream.Shard;
import dev.millrace.stream.ShardId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

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

  /** The listed shards that were made of one, be it listed itself or not any more. */
  public List<Shard> children(ShardId parent) {
    return children.getOrDefault(parent, List.of());
  }

  /** Every listed shard that the given ones descend from, however far back. */
  public Set<ShardId> ancestors(Collection<ShardId> of) {
    return reach(of, shard -> parents(shard).stream());
  }

  /**
   * Every listed shard that descends from the given ones, which need not be listed themselves any
   * more.
   */
  public Set<ShardId> descendants(Collection<ShardId> of) {
    Set<ShardId> found = new HashSet<>();
    of.forEach(id -> children(id).forEach(child -> found.add(child.id())));
    found.addAll(reach(found, shard -> children(shard.id()).stream()));
    return found;
  }

  private Set<ShardId> reach(Collection<ShardId> from, Function<Shard, Stream<Shard>> next) {
    Set<ShardId> found = new HashSet<>();
    Deque<ShardId> open = new ArrayDeque<>(from);
    while (!open.isEmpty()) {
      find(open.removeFirst()).stream()
          .flatMap(next)
          .filter(shard -> found.add(shard.id()))
          .forEach(shard -> open.add(shard.id()));
    }
    return found;
  }
}
