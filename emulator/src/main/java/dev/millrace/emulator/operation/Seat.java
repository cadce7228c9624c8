package dev.millrace.emulator.operation;

import dev.millrace.emulator.limits.PushMeter;
import dev.millrace.emulator.stream.KinesisStream;
import dev.millrace.emulator.wire.ServiceException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A consumer's one place at a shard: who subscribes takes it, from another of the same consumer if
 * need be. What is pushed is metered here, because a new subscription has no new allowance. Guarded
 * by its consumer's lock.
 */
final class Seat {
  private final PushMeter meter;
  private @Nullable Subscription current;
  private long takenAtMillis;

  Seat(KinesisStream stream) {
    meter = stream.newPushMeter();
  }

  /**
   * An attempt to take the seat.
   *
   * @param open starts the subscription once the seat is free
   * @param inUse refuses it before {@code takeOverAfterMillis} have passed since the last time
   * @param toPrevious what the subscription is told that held the seat
   */
  record Taking(
      long nowMillis,
      long takeOverAfterMillis,
      Function<PushMeter, Subscription> open,
      ServiceException inUse,
      Push toPrevious) {}

  Subscription take(Taking taking) {
    Subscription previous = current;
    if (previous != null) {
      if (taking.nowMillis() - takenAtMillis < taking.takeOverAfterMillis()) {
        throw taking.inUse();
      }
      previous.end(taking.toPrevious());
    }
    Subscription taken = taking.open().apply(meter);
    takenAtMillis = taking.nowMillis();
    current = taken;
    return taken;
  }

  void end(Push reason) {
    if (current != null) {
      current.end(reason);
    }
  }
}
