package dev.millrace.cli.demo;

import dev.millrace.emulator.EmulatorClock;
import java.time.Instant;
import java.util.Optional;

/**
 * The emulator's clock: set by hand while history is written, so that shards and records of minutes
 * ago are as old as they claim, and the system's clock from then on.
 */
final class DemoClock implements EmulatorClock {
  private volatile Optional<Instant> set;

  DemoClock(Instant start) {
    this.set = Optional.of(start);
  }

  @Override
  public Instant instant() {
    return set.orElseGet(Instant::now);
  }

  void set(Instant time) {
    set = Optional.of(time);
  }

  void run() {
    set = Optional.empty();
  }
}
