package dev.millrace.simulation;

/** How a consumer behaves: when it crashes, when it is slow, and for how long. */
final class Temper {
  private final Scene scene;
  private final Dice dice;
  private final double crashes;
  private final double pauses;
  private int crashesLeft;
  private int pausesLeft;

  Temper(Scene scene, double crashes) {
    this.scene = scene;
    this.dice = scene.dice().fork();
    this.crashes = crashes;
    this.pauses = dice.pick(java.util.List.of(0.0, 0.02, 0.1));
    this.crashesLeft = dice.between(0, 6);
    this.pausesLeft = dice.between(0, 5);
  }

  boolean crashes() {
    return crashes(1);
  }

  /** So many times as often as otherwise. */
  boolean crashes(int factor) {
    if (crashesLeft > 0 && dice.chance(factor * crashes)) {
      crashesLeft--;
      scene.faults().met(Fault.CRASH);
      return true;
    }
    return false;
  }

  boolean pauses() {
    if (pausesLeft > 0 && dice.chance(pauses)) {
      pausesLeft--;
      scene.faults().met(Fault.SLOW_CONSUMER);
      return true;
    }
    return false;
  }

  /** How many records of a batch it takes before it crashes: mostly all. */
  int takes(int size) {
    if (size > 1 && crashesLeft > 0 && dice.chance(crashes)) {
      crashesLeft--;
      scene.faults().met(Fault.CRASH_INSIDE_BATCH);
      return dice.between(1, size - 1);
    }
    return size;
  }

  /** Seconds to hours; sometimes just as long as the record that comes next is held. */
  long nanosAway(WorldShard shard, int next) {
    long millis = scene.scheduler().millis();
    long allGone = scene.world().end() + scene.world().retentionMillis();
    if (dice.chance(0.2) && millis < allGone) {
      return dice.between(1L, allGone - millis) * Scheduler.MILLI;
    }
    if (dice.chance(0.4) && next < shard.records.size()) {
      int most = dice.chance(0.5) ? next : Math.min(next + 30, shard.records.size() - 1);
      int missed = dice.between(next, most);
      long gone = shard.records.get(missed).arrival() + scene.world().retentionMillis();
      long until = gone + dice.between(-1_000L, 2_000L);
      long away = until - millis;
      if (away > 0 && away < 8 * 3_600_000) {
        return away * Scheduler.MILLI;
      }
    }
    return dice.skewed(dice.chance(0.3) ? 300_000 : 100, dice.chance(0.5) ? 4 * 3_600_000 : 310_000)
        * Scheduler.MILLI;
  }
}
