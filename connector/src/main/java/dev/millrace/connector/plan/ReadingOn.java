package dev.millrace.connector.plan;

import dev.millrace.connector.checkpoint.CheckpointName;
import dev.millrace.connector.checkpoint.FoundCheckpoint;
import dev.millrace.read.FetchOptions.OnLoss;
import dev.millrace.read.Lineage;
import dev.millrace.read.ShardProgress;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.Loss;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.Position;
import dev.millrace.stream.Shard;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Picks the shards of a scan that reads on under a name: each after the place where the name's last
 * query ended. What was made of a shard that the name knows is read from its beginning; what no
 * query of the name has seen starts where the name did. So a reshard between two queries neither
 * hides a record nor brings one twice.
 */
final class ReadingOn {
  private final ScanFacts facts;
  private final CheckpointName name;
  private final FoundCheckpoint found;
  private final List<Shard> there;
  private final Set<ShardId> sinceStart;
  private final Set<ShardId> descendants;
  private final ShardConditions conditions;

  /**
   * @param there every shard that still holds data
   * @param sinceStart those of them that can hold a record of the name's start or later
   */
  ReadingOn(
      ScanFacts facts,
      CheckpointName name,
      FoundCheckpoint found,
      List<Shard> there,
      List<Shard> sinceStart) {
    this.facts = facts;
    this.name = name;
    this.found = found;
    this.there = there;
    this.sinceStart = ids(sinceStart);
    this.descendants = Lineage.of(there).descendants(known().keySet());
    this.conditions = new ShardConditions(facts.conditions(), facts.table());
  }

  /** Positions of an earlier life of the stream mean nothing in this one. */
  static void refuseOtherLife(CheckpointName name, FoundCheckpoint found, StreamIdentity stream) {
    StreamIdentity known = found.checkpoint().stream();
    if (!known.equals(stream)) {
      throw new MillraceException(
          ErrorCode.USER,
          "Checkpoint '"
              + name
              + "' is of the stream "
              + known.arn()
              + " made at "
              + known.created()
              + ", which was deleted; the one of that name now was made at "
              + stream.created()
              + ", and the positions mean nothing in it. Read under another checkpoint name");
    }
  }

  private Map<ShardId, ShardProgress> known() {
    return found.checkpoint().shards();
  }

  private static Set<ShardId> ids(List<Shard> shards) {
    Set<ShardId> ids = new HashSet<>();
    shards.forEach(shard -> ids.add(shard.id()));
    return ids;
  }

  PickedShards pick() {
    List<PlannedShard> shards = new ArrayList<>();
    if (!isEmpty()) {
      there.stream().filter(conditions::allow).forEach(shard -> shards.addAll(planned(shard)));
    }
    List<String> warnings = losses().stream().map(Loss::detail).toList();
    return new PickedShards(shards, there.size(), List.of(note()), warnings);
  }

  private boolean isEmpty() {
    return facts.isEmpty() || new TimeRange(since(), Optional.of(facts.window().end())).isEmpty();
  }

  private String note() {
    return "checkpoint '"
        + name
        + "': on from where query "
        + found.query()
        + " ended at "
        + found.at();
  }

  private List<PlannedShard> planned(Shard shard) {
    ShardProgress progress = known().get(shard.id());
    if (progress instanceof ShardProgress.Finished) {
      return List.of();
    }
    if (progress instanceof ShardProgress.Reading reading) {
      return List.of(planned(shard, reading.position(), reading.readTo()));
    }
    if (descendants.contains(shard.id())) {
      return List.of(planned(shard, Position.trimHorizon(), Optional.empty()));
    }
    return sinceStart.contains(shard.id())
        ? List.of(planned(shard, start(), Optional.empty()))
        : List.of();
  }

  private Position start() {
    return found
        .checkpoint()
        .since()
        .map(time -> time.minus(facts.slack()))
        .filter(facts.horizon()::isBefore)
        .map(Position::at)
        .orElseGet(Position::trimHorizon);
  }

  private PlannedShard planned(Shard shard, Position from, Optional<Instant> readTo) {
    Instant begin = readTo.or(this::since).orElse(facts.horizon());
    Duration span = Duration.between(begin, facts.window().end());
    return new PlannedShard(
        shard,
        from,
        facts.window().prefixEnd(),
        new TimeRange(since(), Optional.empty()),
        readTo,
        span.isNegative() ? Duration.ZERO : span);
  }

  /** The name's own start, or a later one that the query asks for. */
  private Optional<Instant> since() {
    return Picked.greater(found.checkpoint().since(), facts.conditions().arrival().from());
  }

  /** What the name had not read to its end, and retention has taken whole. */
  List<Loss> losses() {
    Set<ShardId> listed = ids(there);
    return known().entrySet().stream()
        .filter(entry -> entry.getValue() instanceof ShardProgress.Reading)
        .map(Map.Entry::getKey)
        .filter(id -> !listed.contains(id))
        .sorted()
        .map(this::vanished)
        .toList();
  }

  private Loss vanished(ShardId shard) {
    return new Loss(
        facts.table().stream(),
        shard,
        Loss.Kind.VANISHED,
        "Shard "
            + shard
            + " of stream "
            + facts.table().stream()
            + " is gone, which checkpoint '"
            + name
            + "' had not read to its end: what it took in after query "
            + found.query()
            + " may be lost");
  }

  /**
   * @throws MillraceException where something is lost and the session does not go on without
   */
  void refuseLosses() {
    List<Loss> losses = losses();
    if (!losses.isEmpty() && facts.session().onLoss() == OnLoss.FAIL) {
      throw new MillraceException(
          ErrorCode.NOT_FOUND,
          losses.get(0).detail()
              + (losses.size() > 1 ? ", and so for " + (losses.size() - 1) + " more shards" : "")
              + ". Set on_loss to continue to go on without, or read under another checkpoint name");
    }
  }

  NamedScan named() {
    return new NamedScan(
        name,
        facts.summary().identity(),
        Optional.of(found),
        found.checkpoint().since(),
        ids(there),
        losses());
  }
}
