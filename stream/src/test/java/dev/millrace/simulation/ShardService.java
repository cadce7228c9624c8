package dev.millrace.simulation;

import dev.millrace.read.ChildShard;
import dev.millrace.read.KinesisException;
import dev.millrace.stream.Position;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.UserRecord;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One shard as the service shows it: where positions are, what a page holds, who follows. */
final class ShardService {
  /** No disorder spans more records. */
  private static final int AHEAD = 200;

  private static final long MAX_BYTES = 10L << 20;

  /**
   * Records of a shard from one index to another.
   *
   * @param ended the shard is closed and ends here, and the service says so
   */
  record Page(
      int from, int to, List<UserRecord> records, long bytes, OptionalLong lag, boolean ended) {}

  final WorldShard shard;
  final ServiceLimits limits;
  private final World world;
  private final Faults faults;
  private final Dice dice;
  private final Lags lags;

  ShardService(WorldShard shard, World world, Faults faults, Dice dice, int rivalCalls) {
    this.shard = shard;
    this.world = world;
    this.faults = faults;
    this.dice = dice;
    this.limits = new ServiceLimits(rivalCalls);
    this.lags = new Lags(faults, dice);
  }

  /** Fails where the shard is not there. */
  void checkThere(long millis) {
    if (shard.openedAt > millis || world.isVanished(shard, millis)) {
      faults.met(Fault.SHARD_VANISHED);
      throw new KinesisException(
          KinesisException.Kind.NOT_FOUND, "simulated: there is no " + shard.id, null);
    }
  }

  /** The index of the record at which reading begins. */
  int indexOf(Position position, long millis) {
    int trimmed = world.trimmed(shard, millis);
    int index = Math.min(untrimmedIndexOf(position, trimmed, millis), shard.visible(millis));
    if (index < trimmed && !(position instanceof Position.TrimHorizon)) {
      faults.met(Fault.POSITION_TRIMMED);
    }
    return Math.max(index, trimmed);
  }

  private int untrimmedIndexOf(Position position, int trimmed, long millis) {
    if (position instanceof Position.AtTimestamp at) {
      long time = Scheduler.millisOf(at.time());
      if (time > millis) {
        throw invalid(position);
      }
      return shard.firstArrivedAt(time, trimmed);
    } else if (position instanceof Position.AtSequenceNumber at) {
      return indexOf(at.sequence(), position);
    } else if (position instanceof Position.AfterSequenceNumber after) {
      int index = indexOf(after.sequence(), position);
      boolean held =
          index < shard.records.size()
              && shard.records.get(index).record().sequence().equals(after.sequence());
      return held ? index + 1 : index;
    }
    return position instanceof Position.Latest ? shard.visible(millis) : 0;
  }

  private int indexOf(SequenceNumber sequence, Position position) {
    if (!shard.owns(sequence)) {
      throw invalid(position);
    }
    return shard.indexOf(sequence);
  }

  private static KinesisException invalid(Position position) {
    return new KinesisException(
        KinesisException.Kind.INVALID_POSITION, "simulated: not of this shard: " + position, null);
  }

  /** What comes from an index on. */
  Page page(int index, int limit, long millis) {
    int trimmed = world.trimmed(shard, millis);
    if (index < trimmed) {
      faults.met(Fault.POSITION_TRIMMED);
    }
    int from = Math.max(index, trimmed);
    int visible = shard.visible(millis);
    if (from < visible && lags.isSparse()) {
      long next = oldest(from, visible);
      return new Page(from, from, List.of(), 0, lags.sparse(millis, next), false);
    }
    return page(from, end(from, Math.min(visible, from + limit)), visible, millis);
  }

  /** Arrival times are out of order; the lag is that of the oldest record to come. */
  private long oldest(int from, int visible) {
    return shard.records.subList(from, Math.min(visible, from + AHEAD)).stream()
        .mapToLong(Stored::arrival)
        .min()
        .orElseThrow();
  }

  private int end(int from, int most) {
    int to = from;
    long bytes = 0;
    while (to < most && (to == from || bytes + length(to) <= MAX_BYTES)) {
      bytes += length(to++);
    }
    if (to - from > 1 && faults.strikes(Fault.SHORT_PAGE, 4)) {
      return dice.between(from + 1, to - 1);
    }
    return to;
  }

  private long length(int index) {
    return shard.records.get(index).record().length();
  }

  private Page page(int from, int to, int visible, long millis) {
    List<Stored> stored = shard.records.subList(from, to);
    Oddities.count(stored, faults);
    List<UserRecord> records = stored.stream().map(Stored::record).toList();
    long bytes = records.stream().mapToLong(UserRecord::length).sum();
    boolean last = to == shard.records.size() && shard.isClosed(millis);
    boolean ended = last && (records.isEmpty() || dice.chance(0.5));
    if (ended && !records.isEmpty()) {
      faults.met(Fault.END_WITH_RECORDS);
    }
    return new Page(from, to, records, bytes, lag(from, to, visible, last, millis), ended);
  }

  private OptionalLong lag(int from, int to, int visible, boolean last, long millis) {
    if (to < visible) {
      return lags.behind(millis, shard.records.get(to - 1).arrival());
    }
    return last ? OptionalLong.of(0) : lags.atTip(to > from);
  }

  /** The shards that follow, as far as the service names them at this one's end. */
  List<ChildShard> children() {
    if (faults.strikes(Fault.CHILDREN_UNNAMED, 15)) {
      return List.of();
    }
    List<ChildShard> children =
        shard.children.stream()
            .map(
                child ->
                    new ChildShard(
                        child.id,
                        child.parents.stream().map(parent -> parent.id).toList(),
                        Optional.of(child.hashKeys)))
            .toList();
    if (children.size() > 1 && faults.strikes(Fault.CHILD_MISSING, 15)) {
      return List.of(dice.pick(children));
    }
    return children;
  }
}
