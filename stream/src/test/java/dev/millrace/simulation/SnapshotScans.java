package dev.millrace.simulation;

import dev.millrace.read.ControlCalls;
import dev.millrace.read.FetchOptions;
import dev.millrace.read.KinesisException;
import dev.millrace.read.Retrieval;
import dev.millrace.read.Snapshot;
import dev.millrace.read.Snapshots;
import dev.millrace.simulation.PlannedScan.Told;
import dev.millrace.stream.Bound;
import dev.millrace.stream.Position;
import dev.millrace.stream.Shard;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All shards of a snapshot at once, as a query reads them. */
final class SnapshotScans implements Scenario {
  private final Scene scene;
  private final Dice dice;
  private final ScanConsumer consumer;
  private final Retrieval retrieval;

  SnapshotScans(Scene scene, Retrieval retrieval, FetchOptions options) {
    this.scene = scene;
    this.dice = scene.dice().fork();
    this.retrieval = retrieval;
    Temper temper = new Temper(scene, dice.pick(List.of(0.0, 0.1)));
    this.consumer = new ScanConsumer(scene, temper, retrieval, options);
  }

  @Override
  public String describe() {
    return "the scans of a snapshot " + retrieval;
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
    scene.scheduler().after(dice.between(0L, latest) * Scheduler.MILLI, this::take);
  }

  private void take() {
    ControlCalls calls =
        new ControlCalls(
            scene.kinesis(),
            dice.fork().generator(),
            nanos -> scene.scheduler().runUntil(scene.scheduler().now() + nanos));
    Snapshots snapshots = new Snapshots(calls);
    try {
      Duration ago = Duration.ofMillis(dice.chance(0.5) ? 0 : dice.between(1L, 20_000));
      Instant time = snapshots.serviceTime(SimulatedKinesis.STREAM, ago);
      long back = dice.skewed(1_000, scene.world().readFrom() + 1_000);
      Optional<Instant> since =
          dice.chance(0.5) ? Optional.of(time.minusMillis(back)) : Optional.empty();
      read(snapshots.take(SimulatedKinesis.STREAM, time, since), since);
    } catch (KinesisException e) {
      scene.scheduler().after(Scheduler.SECOND, this::take);
    }
  }

  private void read(Snapshot snapshot, Optional<Instant> since) {
    Position from = since.map(Position::at).orElse(Position.trimHorizon());
    long millis = scene.scheduler().millis();
    Told told = dice.pick(List.of(Told.values()));
    Bound bound = bound(snapshot.time());
    List<PlannedScan> scans = new ArrayList<>();
    for (Shard listed : snapshot.shards()) {
      WorldShard shard = scene.world().shard(listed.id());
      scans.add(
          new PlannedScan(scene.world(), shard, from, bound, told, millis, consumer::countEntries));
    }
    consumer.begin(scans);
  }

  private Bound bound(Instant snapshot) {
    return dice.chance(0.7)
        ? Bound.tipAsOf(snapshot)
        : Bound.before(snapshot.minusMillis(dice.skewed(1, 600_000)));
  }
}
