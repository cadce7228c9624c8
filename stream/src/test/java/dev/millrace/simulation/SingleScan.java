package dev.millrace.simulation;

import dev.millrace.read.FetchOptions;
import dev.millrace.read.Retrieval;
import dev.millrace.simulation.PlannedScan.Told;
import dev.millrace.stream.Bound;
import dev.millrace.stream.Position;
import dev.millrace.stream.SequenceNumber;
import java.util.List;

/** One shard, some position, some bound, and a consumer that crashes a lot. */
final class SingleScan implements Scenario {
  private final Scene scene;
  private final Dice dice;
  private final ScanConsumer consumer;
  private String about = "one scan";

  SingleScan(Scene scene, Retrieval retrieval, FetchOptions options) {
    this.scene = scene;
    this.dice = scene.dice().fork();
    Temper temper = new Temper(scene, 0.3);
    this.consumer = new ScanConsumer(scene, temper, retrieval, options);
  }

  @Override
  public String describe() {
    return about;
  }

  @Override
  public boolean isOver() {
    return consumer.isOver();
  }

  @Override
  public long delivered() {
    return consumer.delivered();
  }

  @Override
  public void begin() {
    long latest = scene.world().end() - scene.world().readFrom();
    scene.scheduler().after(dice.between(0L, latest) * Scheduler.MILLI, this::read);
  }

  private void read() {
    long millis = scene.scheduler().millis();
    List<WorldShard> there =
        scene.world().shards().stream()
            .filter(s -> s.openedAt <= millis && !scene.world().isVanished(s, millis))
            .toList();
    WorldShard shard = dice.pick(there);
    Position from = from(shard, millis);
    Told told = dice.pick(List.of(Told.values()));
    PlannedScan scan =
        new PlannedScan(
            scene.world(),
            shard,
            from,
            to(shard, from, millis),
            told,
            millis,
            consumer::countEntries);
    about = "one scan, " + scan;
    consumer.begin(List.of(scan));
  }

  private Position from(WorldShard shard, long millis) {
    int choice = shard.visible(millis) == 0 ? 0 : dice.between(0, 4);
    if (choice == 0) {
      return Position.trimHorizon();
    } else if (choice == 1) {
      return Position.at(Scheduler.instant(Math.max(0, millis - dice.skewed(1_000, millis + 1))));
    }
    Stored stored = anyRecord(shard, millis);
    SequenceNumber sequence = stored.record().sequence();
    if (choice == 2) {
      return Position.at(sequence);
    }
    boolean inside = choice == 3 && !stored.damaged();
    return inside
        ? Position.after(sequence, dice.between(0, stored.parts().size() - 1))
        : Position.after(sequence);
  }

  /** Nobody goes on after a record to a time before it. */
  private static long arrivalAt(WorldShard shard, Position from) {
    return from instanceof Position.AfterSequenceNumber after
        ? shard.records.get(shard.indexOf(after.sequence())).arrival()
        : Long.MIN_VALUE / 2;
  }

  /** Mostly one that retention has left there. */
  private Stored anyRecord(WorldShard shard, long millis) {
    int visible = shard.visible(millis);
    int first = dice.chance(0.8) ? scene.world().trimmed(shard, millis) : 0;
    return shard.records.get(dice.between(Math.min(first, visible - 1), visible - 1));
  }

  private Bound to(WorldShard shard, Position from, long millis) {
    int choice = dice.between(0, 3);
    if (choice == 0 && shard.closedAt != WorldShard.NEVER) {
      return Bound.never();
    } else if (choice == 1) {
      long time = Math.max(millis - dice.skewed(1, 600_000), arrivalAt(shard, from) + 1);
      return Bound.before(Scheduler.instant(time));
    } else if (choice == 2 && shard.visible(millis) > 0) {
      return Bound.before(anyRecord(shard, millis).record().sequence());
    }
    return Bound.tipAsOf(Scheduler.instant(millis));
  }
}
