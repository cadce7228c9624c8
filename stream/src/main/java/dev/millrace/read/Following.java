package dev.millrace.read;

import dev.millrace.read.FetchEvent.Ended;
import dev.millrace.stream.Bound;
import dev.millrace.stream.Position;
import dev.millrace.stream.Shard;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.ShardScan;
import dev.millrace.stream.StreamRef;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Follows a stream through its reshards. Parents precede children: a child starts, at its trim
 * horizon, when every parent that is being followed has been read to its end; a parent that is not
 * listed any more blocks nobody.
 */
public final class Following implements AutoCloseable {
  private final StreamRef stream;
  private final ControlCalls calls;
  private final Fetch fetch;

  /** Shards being read or waiting for a parent; a shard leaves when it has been read to its end. */
  private final Set<ShardId> unfinished = new LinkedHashSet<>();

  private final Set<ShardId> started = new HashSet<>();
  private Lineage lineage = Lineage.of(List.of());

  private Following(StreamRef stream, ControlCalls calls, Fetch fetch) {
    this.stream = stream;
    this.calls = calls;
    this.fetch = fetch;
  }

  /**
   * Starts to follow.
   *
   * @param from {@code LATEST}, {@code TRIM_HORIZON} or {@code AT_TIMESTAMP}
   */
  public static Following start(StreamRef stream, Position from, ControlCalls calls, Fetch fetch) {
    Following following = new Following(stream, calls, fetch);
    following.lineage = Lineage.of(calls.listShards(stream, filterFor(from)));
    following.lineage.shards().forEach(shard -> following.unfinished.add(shard.id()));
    following.lineage.roots().forEach(root -> following.read(root.id(), from));
    return following;
  }

  private static ShardFilter filterFor(Position from) {
    if (from instanceof Position.AtTimestamp at) {
      return ShardFilter.from(at.time());
    }
    return from instanceof Position.Latest ? ShardFilter.atLatest() : ShardFilter.fromTrimHorizon();
  }

  /** As {@link Fetch#poll}. */
  public Optional<FetchEvent> poll(Duration timeout) throws InterruptedException {
    Optional<FetchEvent> event = fetch.poll(timeout);
    if (event.isPresent() && event.get() instanceof Ended ended) {
      startChildren(ended);
    }
    return event;
  }

  private void startChildren(Ended ended) {
    ShardId parent = ended.scan().shard();
    unfinished.remove(parent);
    relist();
    lineage.children(parent).forEach(this::startIfReady);
    // The service can name children before it lists them.
    ended.end().children().stream()
        .filter(child -> child.parents().stream().noneMatch(unfinished::contains))
        .forEach(child -> read(child.id(), Position.trimHorizon()));
  }

  /** Reshards are rare, so the whole lineage is asked for again when a shard ends. */
  private void relist() {
    lineage = Lineage.of(calls.listShards(stream, ShardFilter.fromTrimHorizon()));
  }

  private void startIfReady(Shard child) {
    boolean waits = child.parents().anyMatch(unfinished::contains);
    if (!waits) {
      read(child.id(), Position.trimHorizon());
    }
  }

  private void read(ShardId shard, Position from) {
    if (started.add(shard)) {
      unfinished.add(shard);
      fetch.add(new ShardScan(stream, shard, from, Bound.never()));
    }
  }

  @Override
  public void close() {
    fetch.close();
  }
}
