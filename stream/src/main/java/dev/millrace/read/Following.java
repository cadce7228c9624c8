package dev.millrace.read;

import dev.millrace.read.FetchEvent.Ended;
import dev.millrace.read.FetchEvent.Fetched;
import dev.millrace.read.FetchEvent.Progressed;
import dev.millrace.read.FollowedShards.State;
import dev.millrace.stream.Bound;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.Loss;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.Position;
import dev.millrace.stream.Shard;
import dev.millrace.stream.ShardFacts;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.ShardScan;
import dev.millrace.stream.StreamIdentity;
import dev.millrace.stream.StreamRef;
import dev.millrace.stream.StreamSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Follows a stream through its reshards. Parents precede children: a child starts, at its trim
 * horizon, when every parent that is being followed has been read to its end; a parent that is not
 * listed any more blocks nobody.
 */
public final class Following implements AutoCloseable {
  /** The listing may lag behind a shard's end by half a minute. */
  private static final Duration RELIST = Duration.ofSeconds(2);

  /** A closed shard has children, but for a stream that is being deleted. */
  static final Duration CHILDREN_WITHIN = Duration.ofMinutes(5);

  /** How far what we take for the service's time may be ahead of it. */
  private static final Duration CLOCK_ERROR = Duration.ofSeconds(2);

  private final StreamRef stream;
  private final FollowContext context;
  private final StreamIdentity life;
  private final Duration retention;
  private final FollowedShards shards = new FollowedShards();
  private final Map<ShardId, ShardProgress> progress = new LinkedHashMap<>();

  /** Shards read to their end that are not followed on by all their children, and since when. */
  private final Map<ShardId, Long> childless = new LinkedHashMap<>();

  private long relistAt;

  private Following(StreamRef stream, FollowContext context, StreamSummary summary) {
    this.stream = stream;
    this.context = context;
    this.life = summary.identity();
    this.retention = summary.retention();
  }

  /**
   * Starts to follow.
   *
   * @param from {@code LATEST}, {@code TRIM_HORIZON} or {@code AT_TIMESTAMP}
   */
  public static Following start(StreamRef stream, Position from, FollowContext context) {
    StreamSummary summary = context.calls().summary(stream);
    Following following = new Following(stream, context, summary);
    List<Shard> wanted = context.calls().listShards(stream, filterFor(from));
    if (from instanceof Position.TrimHorizon) {
      wanted.forEach(following.shards::add);
    } else {
      Lineage all = Lineage.of(context.calls().listShards(stream, ShardFilter.fromTrimHorizon()));
      // A listing may show a shard as open that others in it descend from: it is closed.
      Set<ShardId> behind = from instanceof Position.Latest ? all.ancestors(ids(wanted)) : Set.of();
      wanted.stream().filter(shard -> !behind.contains(shard.id())).forEach(following.shards::add);
      following.passOver(all, behind, summary.serviceTime());
    }
    following.startRoots(from, summary.serviceTime());
    return following;
  }

  /**
   * What lies behind the start counts as read, so that no later listing brings it in. What descends
   * from where following starts lies ahead, be it closed already.
   */
  private void passOver(Lineage listed, Set<ShardId> behind, Instant serviceTime) {
    Set<ShardId> ahead = new HashSet<>(shards.ids());
    ahead.addAll(listed.descendants(shards.ids()));
    for (Shard shard : listed.shards()) {
      boolean closed = !shard.isOpen() || behind.contains(shard.id());
      if (closed && !ahead.contains(shard.id())) {
        shards.add(shard);
        shards.set(shard.id(), State.FINISHED);
        progress.put(shard.id(), new ShardProgress.Finished(Optional.of(serviceTime)));
      }
    }
  }

  private static List<ShardId> ids(List<Shard> shards) {
    return shards.stream().map(Shard::id).toList();
  }

  private static ShardFilter filterFor(Position from) {
    if (from instanceof Position.AtTimestamp at) {
      return ShardFilter.from(at.time());
    }
    return from instanceof Position.Latest ? ShardFilter.atLatest() : ShardFilter.fromTrimHorizon();
  }

  /** What stores nothing before its first record must not start at a later "latest" again. */
  private void startRoots(Position from, Instant serviceTime) {
    Position stored =
        from instanceof Position.Latest ? Position.at(serviceTime.minus(CLOCK_ERROR)) : from;
    for (ShardId shard : shards.ready()) {
      read(shard, from, Optional.empty());
      progress.put(shard, new ShardProgress.Reading(stored, Optional.empty()));
    }
  }

  /**
   * Goes on where an earlier following stood.
   *
   * @param stored what its {@link #progress} was
   * @throws MillraceException where the stream was deleted and made again since: the positions mean
   *     nothing in its new life
   */
  public static Following resume(StreamRef stream, StreamProgress stored, FollowContext context) {
    StreamSummary summary = context.calls().summary(stream);
    refuseOtherLife(stream, stored.life(), summary.identity());
    Following following = new Following(stream, context, summary);
    List<Shard> listed = context.calls().listShards(stream, ShardFilter.fromTrimHorizon());
    following.restore(stored.shards(), Lineage.of(listed), summary.serviceTime());
    return following;
  }

  private static void refuseOtherLife(
      StreamRef stream, StreamIdentity stored, StreamIdentity found) {
    if (!stored.equals(found)) {
      throw new MillraceException(
          ErrorCode.USER,
          "Cannot go on reading stream "
              + stream
              + ": the stored positions are of "
              + stored.arn()
              + " as created at "
              + stored.created()
              + ", but the stream there now is "
              + found.arn()
              + ", created at "
              + found.created()
              + ". Start it anew.");
    }
  }

  private void restore(Map<ShardId, ShardProgress> stored, Lineage listed, Instant now) {
    Map<ShardId, ShardProgress> known = new LinkedHashMap<>(stored);
    known
        .entrySet()
        .removeIf(
            entry -> listed.find(entry.getKey()).isEmpty() && isForgotten(entry.getValue(), now));
    known.forEach((id, reached) -> restore(id, reached, listed.find(id)));
    shards.adopt(listed);
    orphans(listed).forEach(shards::add);
    shards.adopt(listed);
    known.forEach(
        (id, reached) -> {
          if (reached instanceof ShardProgress.Reading reading) {
            read(id, reading.position(), reading.readTo());
          } else {
            awaitFollowers(id);
          }
        });
    progress.putAll(known);
    startReady(shards.ready());
  }

  /**
   * Retention took it since: nobody waits for it, and it waits for nobody. One that is not listed
   * for another reason is so new that the listing lags.
   */
  private boolean isForgotten(ShardProgress reached, Instant now) {
    return reached instanceof ShardProgress.Finished finished
        && finished.readTo().isPresent()
        && finished.readTo().get().isBefore(now.minus(retention).minus(CHILDREN_WITHIN));
  }

  private void restore(ShardId id, ShardProgress reached, Optional<Shard> listed) {
    listed.ifPresent(shards::add);
    shards.addStored(
        id, reached instanceof ShardProgress.Finished ? State.FINISHED : State.READING);
  }

  /**
   * Shards whose ancestors came and went while nobody followed. Those that the stored ones descend
   * from were left out on purpose, or are behind us.
   */
  private List<Shard> orphans(Lineage listed) {
    Set<ShardId> ancestors = listed.ancestors(shards.ids());
    List<Shard> followed =
        listed.shards().stream().filter(shard -> shards.isFollowed(shard.id())).toList();
    return listed.roots().stream()
        .filter(shard -> !shards.isFollowed(shard.id()) && !ancestors.contains(shard.id()))
        .filter(shard -> shard.parents().noneMatch(shards::isFollowed))
        .filter(shard -> !isBehind(shard, followed))
        .toList();
  }

  /**
   * It was closed before any of the followed ones began: the shards between may be gone before it.
   */
  private static boolean isBehind(Shard shard, List<Shard> followed) {
    return !followed.isEmpty()
        && shard.lastSequence().isPresent()
        && followed.stream()
            .allMatch(later -> shard.lastSequence().get().isBefore(later.firstSequence()));
  }

  /**
   * As {@link Fetch#poll}, but it waits also while no scan is open: children may be on their way.
   */
  public Optional<FetchEvent> poll(Duration timeout) throws InterruptedException {
    long deadline = now() + timeout.toNanos();
    while (true) {
      // Before an event is in hand: a listing that fails must not take one with it.
      relistIfDue();
      Optional<FetchEvent> event = context.fetch().poll(Duration.ofNanos(untilRelistOr(deadline)));
      if (event.isPresent()) {
        take(event.get());
        return event;
      }
      if (context.fetch().isDone()) {
        context.pause().nanos(untilRelistOr(deadline));
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
      if (deadline - now() <= 0) {
        return Optional.empty();
      }
    }
  }

  /** How far every shard was read, counting the events handed out by {@link #poll} so far. */
  public StreamProgress progress() {
    return new StreamProgress(life, progress);
  }

  private long now() {
    return context.nanoTime().getAsLong();
  }

  private long untilRelistOr(long deadline) {
    long left = deadline - now();
    return Math.max(0, childless.isEmpty() ? left : Math.min(left, relistAt - now()));
  }

  private void take(FetchEvent event) {
    if (event instanceof Fetched fetched) {
      RecordBatch batch = fetched.batch();
      progress.put(
          fetched.scan().shard(),
          new ShardProgress.Reading(
              batch.end(), batch.readTo().or(() -> Optional.of(batch.last().arrival()))));
    } else if (event instanceof Progressed progressed) {
      progress.computeIfPresent(
          progressed.scan().shard(), (shard, known) -> readTo(known, progressed.readTo()));
    } else if (event instanceof Ended ended) {
      end(ended.scan().shard(), ended.end());
    }
  }

  private static ShardProgress readTo(ShardProgress known, Instant readTo) {
    return known instanceof ShardProgress.Reading reading
        ? new ShardProgress.Reading(reading.position(), Optional.of(readTo))
        : known;
  }

  private void end(ShardId shard, ScanEnd end) {
    progress.put(shard, new ShardProgress.Finished(end.readTo()));
    shards.set(shard, State.FINISHED);
    end.children().forEach(shards::add);
    startReady(shards.readyChildren(shard));
    awaitFollowers(shard);
  }

  private void awaitFollowers(ShardId shard) {
    if (!shards.isFollowedOn(shard)) {
      childless.put(shard, now());
      relistAt = now();
    }
  }

  private void relistIfDue() {
    long now = now();
    if (childless.isEmpty() || relistAt - now > 0) {
      return;
    }
    relistAt = now + RELIST.toNanos();
    Lineage listed;
    try {
      listed = Lineage.of(context.calls().listShards(stream, ShardFilter.fromTrimHorizon()));
    } catch (KinesisException e) {
      if (isFinal(e) || childless.values().stream().anyMatch(since -> isOver(since, now))) {
        throw e;
      }
      return;
    }
    shards.adopt(listed);
    childless.keySet().removeIf(shards::isFollowedOn);
    giveUp(now, listed);
    startReady(shards.ready());
  }

  private static boolean isFinal(KinesisException failure) {
    return switch (failure.kind()) {
      case THROTTLED, UNAVAILABLE, ITERATOR_EXPIRED, TOKEN_EXPIRED, CREDENTIALS_EXPIRED, IN_USE ->
          false;
      case ACCESS_DENIED, NOT_FOUND, INVALID_POSITION, REFUSED -> true;
    };
  }

  /**
   * A child that was named but never listed starts without the parent nobody knows; where children
   * came and went meanwhile, their own are gone on with; a shard that too few follow is the end of
   * its branch.
   */
  private void giveUp(long now, Lineage listed) {
    List<ShardId> late =
        childless.entrySet().stream()
            .filter(entry -> isOver(entry.getValue(), now))
            .map(Map.Entry::getKey)
            .toList();
    if (!late.isEmpty()) {
      orphans(listed).forEach(shards::add);
      shards.adopt(listed);
    }
    for (ShardId shard : late) {
      childless.remove(shard);
      shards.believeChildren(shard);
      if (!shards.isFollowedOn(shard)) {
        noFollowers(shard);
      }
    }
  }

  private void noFollowers(ShardId shard) {
    String missing =
        shards.hasChildren(shard)
            ? "every shard that follows it: the known ones do not take all its hash keys"
            : "a shard that follows it";
    context
        .ledger()
        .add(
            new Loss(
                stream,
                shard,
                Loss.Kind.CUT_SHORT,
                "the shard is closed, and for "
                    + CHILDREN_WITHIN.toSeconds()
                    + " s the service neither named nor listed "
                    + missing));
  }

  private static boolean isOver(long since, long now) {
    return now - since >= CHILDREN_WITHIN.toNanos();
  }

  private void startReady(List<ShardId> ready) {
    for (ShardId shard : ready) {
      read(shard, Position.trimHorizon(), Optional.empty());
    }
  }

  private void read(ShardId shard, Position from, Optional<Instant> readTo) {
    shards.set(shard, State.READING);
    ShardFacts facts = new ShardFacts(shards.hashKeys(shard), Optional.of(retention), readTo);
    context
        .fetch()
        .add(new ShardScan(stream, shard, from, Bound.never(), facts), context.retrieval());
  }

  @Override
  public void close() {
    context.fetch().close();
  }
}
