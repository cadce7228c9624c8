package dev.millrace.simulation;

import dev.millrace.read.ConsumerArn;
import dev.millrace.read.KinesisException;
import dev.millrace.read.Subscription;
import dev.millrace.stream.ShardId;
import java.util.LinkedHashMap;
import java.util.Map;

/** The service's registered consumers and who of them is subscribed to what. */
final class Subscriptions {
  private static final long GAP = 5_000;

  private record Place(ConsumerArn consumer, ShardId shard) {}

  private final Scheduler scheduler;
  private final Faults faults;
  private final Dice dice;
  private final long goneFrom;
  private final Map<Place, SimulatedSubscription> current = new LinkedHashMap<>();

  Subscriptions(World world, Scheduler scheduler, Faults faults, Dice dice) {
    this.scheduler = scheduler;
    this.faults = faults;
    this.dice = dice;
    boolean goes = faults.isEnabled(Fault.CONSUMER_GONE) && dice.chance(0.4);
    this.goneFrom =
        goes
            ? dice.between(world.readFrom(), 2 * world.end() - world.readFrom())
            : WorldShard.NEVER;
  }

  /** Fails where a consumer may not subscribe now. */
  void checkFree(ConsumerArn consumer, ShardId shard) {
    checkThere();
    SimulatedSubscription held = current.get(new Place(consumer, shard));
    boolean early = held != null && scheduler.millis() - held.beganAt() < GAP;
    if (early) {
      faults.met(Fault.PUSH_IN_USE);
    }
    if (early || faults.strikes(Fault.PUSH_IN_USE)) {
      throw Weather.failure(Fault.PUSH_IN_USE);
    }
  }

  /** Fails where the consumer was deregistered. */
  void checkThere() {
    if (isGone()) {
      faults.met(Fault.CONSUMER_GONE);
      throw goneFailure();
    }
  }

  boolean isGone() {
    return scheduler.millis() >= goneFrom;
  }

  static KinesisException goneFailure() {
    return Weather.failure(Fault.CONSUMER_GONE);
  }

  Subscription begin(ConsumerArn consumer, ShardService shard, int index) {
    SimulatedSubscription made =
        new SimulatedSubscription(this, shard, index, scheduler, faults, dice);
    SimulatedSubscription before = current.put(new Place(consumer, shard.shard.id), made);
    if (before != null) {
      before.takeOver();
    }
    return made;
  }
}
