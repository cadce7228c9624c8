package dev.millrace.simulation;

import dev.millrace.stream.Bound;
import dev.millrace.stream.Position;
import dev.millrace.stream.ShardFacts;
import dev.millrace.stream.ShardScan;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One shard scan, and what its consumer has stored of it. */
final class PlannedScan {
  /** What a consumer tells the reader beforehand. */
  enum Told {
    NOTHING,
    HASH_KEYS,
    RETENTION,
    ALL
  }

  private static final long SLACK = 10_000;

  final WorldShard shard;
  final ShardAccount account;
  private final World world;
  private final Bound to;
  private final Told told;
  private Position position;
  private Optional<Instant> readTo = Optional.empty();
  private boolean over;

  PlannedScan(
      World world,
      WorldShard shard,
      Position from,
      Bound to,
      Told told,
      long millis,
      ShardAccount.Losses losses) {
    this.world = world;
    this.shard = shard;
    this.position = from;
    this.to = to;
    this.told = told;
    this.account = accountFor(world, shard, from, millis, losses);
    if (told == Told.NOTHING || told == Told.RETENTION) {
      account.expectFlags(ShardAccount.Flags.NONE);
    }
    if (told == Told.NOTHING || told == Told.HASH_KEYS) {
      account.expectUninformed();
    }
    boolean open = from instanceof Position.TrimHorizon || from instanceof Position.AtTimestamp;
    if (open && !(to instanceof Bound.Never)) {
      account.beginsAtHorizon();
    }
    boundAccount(from);
  }

  private static ShardAccount accountFor(
      World world, WorldShard shard, Position from, long millis, ShardAccount.Losses losses) {
    int required = 0;
    if (from instanceof Position.AtTimestamp at) {
      required = shard.firstArrivedAt(Scheduler.millisOf(at.time()), 0);
    } else if (from instanceof Position.AtSequenceNumber at) {
      required = shard.indexOf(at.sequence());
    }
    ShardAccount account =
        new ShardAccount(world, shard, Math.min(required, shard.visible(millis)), required, losses);
    if (from instanceof Position.AfterSequenceNumber after) {
      long sub = after.subsequence().orElse(Integer.MAX_VALUE - 1) + 1;
      account.resumeAt(shard.indexOf(after.sequence()), (int) sub);
    }
    return account;
  }

  private void boundAccount(Position from) {
    int start = startIndex(from);
    if (to instanceof Bound.TipAsOf tip) {
      int end = shard.firstArrivedAt(Scheduler.millisOf(tip.snapshot()) + 1, start);
      account.endAt(end, end);
    } else if (to instanceof Bound.BeforeTime before) {
      long time = Scheduler.millisOf(before.time());
      int end = shard.firstArrivedAt(time + SLACK, start);
      int required = end;
      while (required > start && shard.records.get(required - 1).arrival() >= time) {
        required--;
      }
      account.endAt(required, end);
    } else if (to instanceof Bound.BeforeSequence before) {
      int end = Math.max(start, shard.indexOf(before.sequence()));
      account.endAt(end, end);
    }
  }

  private int startIndex(Position from) {
    if (from instanceof Position.AtTimestamp at) {
      return shard.firstArrivedAt(Scheduler.millisOf(at.time()), 0);
    } else if (from instanceof Position.AtSequenceNumber at) {
      return shard.indexOf(at.sequence());
    } else if (from instanceof Position.AfterSequenceNumber after) {
      return shard.indexOf(after.sequence()) + (after.subsequence().isPresent() ? 0 : 1);
    }
    return 0;
  }

  /** As its next reader is asked to read it. */
  ShardScan scan() {
    ShardFacts facts = ShardFacts.none();
    if (told == Told.ALL || told == Told.HASH_KEYS) {
      facts = facts.withHashKeys(shard.hashKeys);
    }
    if (told == Told.ALL || told == Told.RETENTION) {
      facts = facts.withRetention(Duration.ofMillis(world.retentionMillis()));
    }
    if (told == Told.ALL && readTo.isPresent()) {
      facts = facts.withReadTo(readTo.get());
    }
    return new ShardScan(SimulatedKinesis.STREAM, shard.id, position, to, facts);
  }

  void stored(Position reached, Instant upTo) {
    position = reached;
    readTo = Optional.of(upTo);
  }

  boolean isOver() {
    return over;
  }

  void end() {
    over = true;
  }

  @Override
  public String toString() {
    return shard + " from " + position + " to " + to + " told " + told;
  }
}
