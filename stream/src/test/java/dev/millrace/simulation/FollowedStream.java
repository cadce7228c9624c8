package dev.millrace.simulation;

import dev.millrace.read.FetchOptions;
import dev.millrace.read.RecordBatch;
import dev.millrace.stream.Loss;
import dev.millrace.stream.Position;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.UserRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a consumer that follows the stream should get of it, and what it got. */
final class FollowedStream {
  /** How far "now" may be off: clocks, and arrival times ahead of them. */
  private static final long FUZZ = 12_000;

  private static final long PROMPT = Scheduler.SECOND;

  private final Scene scene;
  private final World world;
  private final Position from;
  private final FetchOptions options;
  private final Map<ShardId, ShardAccount> accounts = new LinkedHashMap<>();
  private final Map<ShardId, Integer> entriesBefore = new HashMap<>();
  private final Map<ShardId, Long> endedAt = new HashMap<>();
  private final Map<ShardId, Integer> delaysAtEnd = new HashMap<>();
  private final Set<ShardId> offered = new HashSet<>();
  private final KeyOrder order = new KeyOrder();
  private List<Loss> entries = List.of();
  private long startsAt;
  private long startedAt;
  private long unnoticed;

  FollowedStream(Scene scene, Position from, FetchOptions options) {
    this.scene = scene;
    this.world = scene.world();
    this.from = from;
    this.options = options;
  }

  /** Between the two the stream is listed. */
  void starts(long millis) {
    startsAt = millis;
  }

  void started(long millis) {
    startedAt = millis;
    for (WorldShard shard : world.shards()) {
      ShardAccount account =
          new ShardAccount(
              world, shard, allowedFrom(shard), requiredFrom(shard), this::countEntries);
      account.expect(options.onLoss());
      if (shard.listedAt > shard.openedAt) {
        account.expectFlags(ShardAccount.Flags.SOME); // Until it is listed, its keys are not known.
      }
      accounts.put(shard.id, account);
    }
  }

  private boolean isRoot(WorldShard shard) {
    return shard.openedAt <= startsAt
        && shard.listedAt <= startsAt
        && shard.parents.stream().allMatch(parent -> parent.isListedClosed(startsAt));
  }

  /** A listing that shows a closed shard as open has what descends from it read from its start. */
  private boolean hasStaleAncestor(WorldShard shard) {
    return shard.parents.stream()
        .anyMatch(
            parent ->
                (parent.isClosed(startsAt) && !parent.isListedClosed(startsAt))
                    || hasStaleAncestor(parent));
  }

  private int allowedFrom(WorldShard shard) {
    if (hasStaleAncestor(shard)) {
      return 0;
    }
    if (from instanceof Position.Latest) {
      return isRoot(shard) ? shard.visible(startsAt - FUZZ) : 0;
    } else if (from instanceof Position.AtTimestamp at) {
      long time = Scheduler.millisOf(at.time());
      boolean begunThere = isRoot(shard) && shard.openedAt < time;
      return begunThere ? Math.min(shard.firstArrivedAt(time, 0), shard.visible(startsAt)) : 0;
    }
    return 0;
  }

  private int requiredFrom(WorldShard shard) {
    if (from instanceof Position.Latest) {
      return shard.openedAt > startedAt ? 0 : shard.visible(startedAt);
    } else if (from instanceof Position.AtTimestamp at) {
      long time = Scheduler.millisOf(at.time());
      return shard.openedAt > time ? 0 : shard.firstArrivedAt(time, 0);
    }
    return 0;
  }

  private ShardAccount account(ShardId id) {
    ShardAccount account = accounts.get(id);
    if (account == null) {
      throw new Violation("records of an unknown shard: " + id);
    }
    scene
        .kinesis()
        .latestAt(id)
        .filter(millis -> from instanceof Position.Latest && world.shard(id).openedAt <= startedAt)
        .ifPresent(millis -> account.requireFrom(world.shard(id).visible(millis)));
    return account;
  }

  private int countEntries(WorldShard shard) {
    return entriesBefore.getOrDefault(shard.id, 0) + (int) countGone(entries, shard.id);
  }

  private static long countGone(List<Loss> losses, ShardId id) {
    return losses.stream()
        .filter(loss -> loss.shard().equals(id))
        .filter(l -> l.kind() == Loss.Kind.TRIMMED || l.kind() == Loss.Kind.VANISHED)
        .count();
  }

  void lifeOver(List<Loss> losses) {
    losses.forEach(
        loss ->
            entriesBefore.merge(
                loss.shard(), (int) countGone(List.of(loss), loss.shard()), Integer::sum));
    entries = List.of();
    disturbed();
  }

  /** The ledger as it is now. */
  void check(List<Loss> losses, long millis) {
    entries = losses;
    for (Loss loss : losses) {
      if (loss.kind() == Loss.Kind.CUT_SHORT && !lostAChild(loss.shard(), millis)) {
        throw new Violation("an entry without a reason at " + millis + ": " + loss);
      }
    }
  }

  /** Its children came and went before they were known. */
  private boolean lostAChild(ShardId id, long millis) {
    return world.shard(id).children.stream().anyMatch(child -> world.isVanished(child, millis));
  }

  void disturbed() {
    endedAt.clear();
  }

  void ended(ShardId shard) {
    endedAt.put(shard, scene.scheduler().now());
    delaysAtEnd.put(shard, scene.faults().delays());
  }

  /** A batch is handed out; a child's first comes soon after its parents' ends. */
  void offered(ShardId id, RecordBatch batch) {
    WorldShard shard = world.shard(id);
    if (!offered.add(id) || shard.parents.isEmpty()) {
      return;
    }
    long due = 0;
    for (WorldShard parent : shard.parents) {
      Long end = endedAt.get(parent.id);
      if (end == null
          || delaysAtEnd.getOrDefault(parent.id, 0) != scene.faults().delays()
          || shard.visible(end / Scheduler.MILLI) == 0) {
        return;
      }
      due = Math.max(due, end);
    }
    long late = scene.scheduler().now() - due;
    if (late > PROMPT) {
      throw new Violation(
          "the first record of "
              + shard
              + " came "
              + late / Scheduler.MILLI
              + " ms late: "
              + batch.records().get(0));
    }
  }

  void deliver(RecordBatch batch, List<Loss> losses) {
    entries = losses;
    long millis = scene.scheduler().millis();
    ShardAccount account = account(batch.last().shard());
    if (!account.hasBegun()) {
      checkParentsRead(account.shard(), millis);
    }
    for (UserRecord record : batch.records()) {
      order.check(account.deliver(record, millis), account.shard());
    }
  }

  private void checkParentsRead(WorldShard shard, long millis) {
    for (WorldShard parent : shard.parents) {
      if (!account(parent.id).isReadOrTrimmed(millis)) {
        throw new Violation(shard + " is read before its parent " + parent);
      }
      checkParentsRead(parent, millis);
    }
  }

  int nextIndex(ShardId id) {
    return account(id).nextIndex();
  }

  boolean isComplete(long millis) {
    return world.shards().stream().allMatch(shard -> account(shard.id).isComplete(millis));
  }

  String missing(long millis) {
    return accounts.values().stream().filter(a -> !a.isComplete(millis)).toList() + " " + entries;
  }

  void finish(long millis, List<Loss> losses) {
    entries = losses;
    for (WorldShard shard : world.shards()) {
      ShardAccount account = account(shard.id);
      account.finish(millis);
      if (isFollowedChild(shard) && countEntries(shard) == 0) {
        unnoticed += account.lostBeforeBegin(startedAt).size();
      }
    }
  }

  /** Records of children that retention took before they were begun, without an entry. */
  long unnoticed() {
    return unnoticed;
  }

  private boolean isFollowedChild(WorldShard shard) {
    return shard.openedAt > startedAt;
  }
}
