package dev.millrace.read;

import dev.millrace.stream.HashKeyRange;
import dev.millrace.stream.Shard;
import dev.millrace.stream.ShardId;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The shards that are being followed, and who waits for whom.
 *
 * <p>A shard is followed from the moment it is known, not from the moment it is read: what descends
 * from a followed shard waits as soon as a listing has it, so that a merge's child sees every
 * parent it has to wait for.
 */
final class FollowedShards {
  /** Where a followed shard stands. */
  enum State {
    WAITING,
    READING,
    FINISHED
  }

  private static final class Followed {
    /** None while it is known from a store only. */
    List<ShardId> parents = List.of();

    Optional<HashKeyRange> hashKeys = Optional.empty();
    State state = State.WAITING;

    /** A listing has it. A closed shard may name it before any listing does. */
    boolean listed;
  }

  private final Map<ShardId, Followed> shards = new LinkedHashMap<>();
  private final Map<ShardId, List<ShardId>> children = new LinkedHashMap<>();

  void add(Shard listed) {
    add(listed.id(), listed.parents().toList(), Optional.of(listed.hashKeys())).listed = true;
  }

  void add(ChildShard named) {
    add(named.id(), named.parents(), named.hashKeys());
  }

  private Followed add(ShardId id, List<ShardId> parents, Optional<HashKeyRange> hashKeys) {
    Followed known = shards.computeIfAbsent(id, added -> new Followed());
    if (known.parents.isEmpty()) {
      known.parents = parents;
      parents.forEach(parent -> children.computeIfAbsent(parent, key -> new ArrayList<>()).add(id));
    }
    if (known.hashKeys.isEmpty()) {
      known.hashKeys = hashKeys;
    }
    return known;
  }

  /** A shard of which a consumer's store knows that it was followed. */
  void addStored(ShardId id, State state) {
    add(id, List.of(), Optional.empty()).state = state;
  }

  /**
   * Takes in every listed shard that descends from a followed one, in whatever order they come. The
   * other parent of one that waits comes with it, though what it descends from be gone.
   */
  void adopt(Lineage listed) {
    Deque<Shard> found = new ArrayDeque<>();
    for (Shard shard : listed.shards()) {
      if (isFollowed(shard.id()) || shard.parents().anyMatch(this::isFollowed)) {
        found.add(shard);
      }
    }
    while (!found.isEmpty()) {
      Shard shard = found.removeFirst();
      boolean known = isFollowed(shard.id());
      add(shard);
      if (!known) {
        found.addAll(listed.children(shard.id()));
      }
      if (isWaiting(shard.id())) {
        listed.parents(shard).stream()
            .filter(parent -> !isFollowed(parent.id()))
            .forEach(found::add);
      }
    }
  }

  private boolean isWaiting(ShardId id) {
    Followed shard = shards.get(id);
    return shard != null && shard.state == State.WAITING;
  }

  Set<ShardId> ids() {
    return Collections.unmodifiableSet(shards.keySet());
  }

  boolean isFollowed(ShardId id) {
    return shards.containsKey(id);
  }

  Optional<HashKeyRange> hashKeys(ShardId id) {
    return Optional.ofNullable(shards.get(id)).flatMap(shard -> shard.hashKeys);
  }

  void set(ShardId id, State state) {
    java.util.Objects.requireNonNull(shards.get(id)).state = state;
  }

  /** Every waiting shard that may start. */
  List<ShardId> ready() {
    return ready(shards.keySet());
  }

  /** The children of a shard that may start. */
  List<ShardId> readyChildren(ShardId parent) {
    return ready(children.getOrDefault(parent, List.of()));
  }

  private List<ShardId> ready(Collection<ShardId> candidates) {
    return candidates.stream().filter(this::isReady).toList();
  }

  /** A parent that is neither followed nor listed has expired, unless the listing lags. */
  private boolean isReady(ShardId id) {
    Followed shard = java.util.Objects.requireNonNull(shards.get(id));
    return shard.state == State.WAITING
        && shard.parents.stream().allMatch(parent -> leavesFree(parent, shard.listed));
  }

  private boolean leavesFree(ShardId parent, boolean childListed) {
    Followed known = shards.get(parent);
    return known == null ? childListed : known.state == State.FINISHED;
  }

  /**
   * Whether everything that follows a shard is known and listed: its children take every hash key
   * that it took.
   */
  boolean isFollowedOn(ShardId id) {
    List<ShardId> named = children.getOrDefault(id, List.of());
    List<Followed> followers = named.stream().map(shards::get).toList();
    if (followers.isEmpty() || followers.stream().anyMatch(child -> !child.listed)) {
      return false;
    }
    Optional<HashKeyRange> range = hashKeys(id);
    return range.isEmpty() || isCovered(range.get(), followers);
  }

  private static boolean isCovered(HashKeyRange range, List<Followed> followers) {
    BigInteger next = range.first();
    List<HashKeyRange> parts =
        followers.stream()
            .flatMap(child -> child.hashKeys.stream())
            .sorted(Comparator.comparing(HashKeyRange::first))
            .toList();
    for (HashKeyRange part : parts) {
      if (part.first().compareTo(next) <= 0 && part.last().compareTo(next) >= 0) {
        next = part.last().add(BigInteger.ONE);
      }
    }
    return next.compareTo(range.last()) > 0;
  }

  /** Children that no listing has shown are believed all the same, and wait for nobody unknown. */
  void believeChildren(ShardId parent) {
    children
        .getOrDefault(parent, List.of())
        .forEach(child -> java.util.Objects.requireNonNull(shards.get(child)).listed = true);
  }

  boolean hasChildren(ShardId parent) {
    return children.containsKey(parent);
  }
}
