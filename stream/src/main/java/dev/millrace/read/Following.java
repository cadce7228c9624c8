package dev.millrace.read;

import dev.millrace.read.FetchEvent.Ended;
import dev.millrace.stream.Bound;
import dev.millrace.stream.Ledger;
import dev.millrace.stream.Loss;
import dev.millrace.stream.Position;
import dev.millrace.stream.Shard;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.ShardScan;
import dev.millrace.stream.StreamRef;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Follows a stream through its reshards. Parents precede children: a child starts, at its trim
 * horizon, when every parent that is being followed has been read to its end; a parent that is not
 * listed any more blocks nobody.
 *
 * <p>A shard is followed from the moment it is known, not from the moment it is read: what descends
 * from a followed shard is in {@code waiting} as soon as a listing has it, so that a merge's child
 * sees every parent it has to wait for.
 */
public final class Following implements AutoCloseable {
  /** The listing may lag behind a shard's end by half a minute. */
  private static final Duration RELIST = Duration.ofSeconds(2);

  /** A closed shard has children, but for a stream that is being deleted. */
  static final Duration CHILDREN_WITHIN = Duration.ofMinutes(5);

  private final StreamRef stream;
  private final ControlCalls calls;
  private final Fetch fetch;
  private final Ledger ledger;
  private final LongSupplier nanoTime;
  private final Pause pause;

  /** Shards that are known but not read yet, each with its parents. */
  private final Map<ShardId, List<ShardId>> waiting = new LinkedHashMap<>();

  private final Set<ShardId> reading = new HashSet<>();
  private final Set<ShardId> finished = new HashSet<>();

  /** Those of {@code waiting} that a closed shard named and no listing has shown. */
  private final Set<ShardId> unlisted = new HashSet<>();

  /** Shards read to their end whose children no listing has shown, and since when. */
  private final Map<ShardId, Long> childless = new LinkedHashMap<>();

  private long relistAt;

  private Following(
      StreamRef stream,
      ControlCalls calls,
      Fetch fetch,
      Ledger ledger,
      LongSupplier nanoTime,
      Pause pause) {
    this.stream = stream;
    this.calls = calls;
    this.fetch = fetch;
    this.ledger = ledger;
    this.nanoTime = nanoTime;
    this.pause = pause;
  }

  /**
   * Starts to follow.
   *
   * @param from {@code LATEST}, {@code TRIM_HORIZON} or {@code AT_TIMESTAMP}
   */
  public static Following start(
      StreamRef stream, Position from, ControlCalls calls, Fetch fetch, Ledger ledger) {
    return start(stream, from, calls, fetch, ledger, System::nanoTime, Pause.sleeping());
  }

  static Following start(
      StreamRef stream,
      Position from,
      ControlCalls calls,
      Fetch fetch,
      Ledger ledger,
      LongSupplier nanoTime,
      Pause pause) {
    Following following = new Following(stream, calls, fetch, ledger, nanoTime, pause);
    for (Shard shard : calls.listShards(stream, filterFor(from))) {
      following.waiting.put(shard.id(), shard.parents().toList());
    }
    following.startReady(from);
    return following;
  }

  private static ShardFilter filterFor(Position from) {
    if (from instanceof Position.AtTimestamp at) {
      return ShardFilter.from(at.time());
    }
    return from instanceof Position.Latest ? ShardFilter.atLatest() : ShardFilter.fromTrimHorizon();
  }

  /**
   * As {@link Fetch#poll}, but it waits also while no scan is open: children may be on their way.
   */
  public Optional<FetchEvent> poll(Duration timeout) throws InterruptedException {
    long deadline = nanoTime.getAsLong() + timeout.toNanos();
    while (true) {
      // Before an event is in hand: a listing that fails must not take one with it.
      relistIfDue();
      Optional<FetchEvent> event = fetch.poll(Duration.ofNanos(untilRelistOr(deadline)));
      if (event.isPresent()) {
        if (event.get() instanceof Ended ended) {
          end(ended);
        }
        return event;
      }
      if (fetch.isDone()) {
        pause.nanos(untilRelistOr(deadline));
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
      if (deadline - nanoTime.getAsLong() <= 0) {
        return Optional.empty();
      }
    }
  }

  private long untilRelistOr(long deadline) {
    long now = nanoTime.getAsLong();
    long left = deadline - now;
    return Math.max(0, childless.isEmpty() ? left : Math.min(left, relistAt - now));
  }

  private void end(Ended ended) {
    ShardId shard = ended.scan().shard();
    reading.remove(shard);
    finished.add(shard);
    for (ChildShard child : ended.end().children()) {
      if (!isFollowed(child.id())) {
        waiting.put(child.id(), child.parents());
        unlisted.add(child.id());
      }
    }
    boolean named = !ended.end().children().isEmpty() || isParentOfAny(shard, waiting.keySet());
    startReady(Position.trimHorizon());
    if (!named || isParentOfAny(shard, unlisted)) {
      childless.put(shard, nanoTime.getAsLong());
      relistAt = nanoTime.getAsLong();
    }
  }

  private boolean isParentOfAny(ShardId shard, Set<ShardId> children) {
    return children.stream().anyMatch(child -> parents(child).contains(shard));
  }

  private void relistIfDue() {
    long now = nanoTime.getAsLong();
    if (childless.isEmpty() || relistAt - now > 0) {
      return;
    }
    relistAt = now + RELIST.toNanos();
    try {
      adopt(calls.listShards(stream, ShardFilter.fromTrimHorizon()));
    } catch (KinesisException e) {
      if (isFinal(e) || childless.values().stream().anyMatch(since -> isOver(since, now))) {
        throw e;
      }
      return;
    }
    giveUp(now);
    startReady(Position.trimHorizon());
  }

  private static boolean isFinal(KinesisException failure) {
    return switch (failure.kind()) {
      case THROTTLED, UNAVAILABLE, ITERATOR_EXPIRED, TOKEN_EXPIRED, CREDENTIALS_EXPIRED -> false;
      case ACCESS_DENIED, NOT_FOUND, INVALID_POSITION, REFUSED -> true;
    };
  }

  /** Takes in every listed shard that descends from a followed one, in whatever order they come. */
  private void adopt(List<Shard> listed) {
    boolean found = true;
    while (found) {
      found = false;
      for (Shard shard : listed) {
        if (!isFollowed(shard.id()) && shard.parents().anyMatch(this::isFollowed)) {
          waiting.put(shard.id(), shard.parents().toList());
          found = true;
        }
      }
    }
    for (Shard shard : listed) {
      unlisted.remove(shard.id());
      shard.parents().forEach(childless::remove);
    }
  }

  /**
   * A child that was named but never listed starts without the parent nobody knows; a shard without
   * any child is the end of its branch.
   */
  private void giveUp(long now) {
    List<ShardId> late =
        childless.entrySet().stream()
            .filter(entry -> isOver(entry.getValue(), now))
            .map(Map.Entry::getKey)
            .toList();
    for (ShardId shard : late) {
      childless.remove(shard);
      if (!unlisted.removeIf(child -> parents(child).contains(shard))) {
        ledger.add(
            new Loss(
                stream,
                shard,
                Loss.Kind.CUT_SHORT,
                "the shard is closed, and for "
                    + CHILDREN_WITHIN.toSeconds()
                    + " s the service neither named nor listed a shard that follows it"));
      }
    }
  }

  private static boolean isOver(long since, long now) {
    return now - since >= CHILDREN_WITHIN.toNanos();
  }

  private void startReady(Position from) {
    List<ShardId> ready = waiting.keySet().stream().filter(this::isReady).toList();
    for (ShardId shard : ready) {
      waiting.remove(shard);
      unlisted.remove(shard);
      reading.add(shard);
      fetch.add(new ShardScan(stream, shard, from, Bound.never()));
    }
  }

  /** A parent that is neither followed nor listed has expired, unless the listing lags. */
  private boolean isReady(ShardId shard) {
    List<ShardId> parents = parents(shard);
    return unlisted.contains(shard)
        ? finished.containsAll(parents)
        : parents.stream()
            .noneMatch(parent -> waiting.containsKey(parent) || reading.contains(parent));
  }

  private List<ShardId> parents(ShardId waitingShard) {
    return waiting.getOrDefault(waitingShard, List.of());
  }

  private boolean isFollowed(ShardId shard) {
    return waiting.containsKey(shard) || reading.contains(shard) || finished.contains(shard);
  }

  @Override
  public void close() {
    fetch.close();
  }
}
