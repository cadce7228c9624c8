package dev.millrace.simulation;

import dev.millrace.read.Event;
import dev.millrace.read.KinesisException;
import dev.millrace.read.Push;
import dev.millrace.read.Subscription;
import dev.millrace.stream.SequenceNumber;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Pushes a shard's records, an empty event every five seconds, and everything but reliably. */
final class SimulatedSubscription implements Subscription {
  private static final long MOST_LIFE = 300_000;
  private static final long HEARTBEAT = 5_000;

  private final Subscriptions subscriptions;
  private final ShardService shard;
  private final Scheduler scheduler;
  private final Faults faults;
  private final Dice dice;
  private final long beganAt;
  private final long lifeMillis;
  private int index;
  private long pushedAt;
  private boolean takenOver;
  private boolean silent;
  private boolean closed;
  private @Nullable Event ended;

  SimulatedSubscription(
      Subscriptions subscriptions,
      ShardService shard,
      int index,
      Scheduler scheduler,
      Faults faults,
      Dice dice) {
    this.subscriptions = subscriptions;
    this.shard = shard;
    this.index = index;
    this.scheduler = scheduler;
    this.faults = faults;
    this.dice = dice;
    this.beganAt = scheduler.millis();
    this.lifeMillis = dice.chance(0.5) ? MOST_LIFE : dice.skewed(6_000, MOST_LIFE);
    this.pushedAt = beganAt;
  }

  long beganAt() {
    return beganAt;
  }

  void takeOver() {
    takenOver = true;
  }

  @Override
  public void next(Consumer<Event> listener) {
    if (ended != null) {
      listener.accept(ended);
      return;
    }
    silent |= faults.strikes(Fault.PUSH_SILENT, 0.6);
    if (!silent) {
      scheduler.after(dice.skewed(1, 70) * Scheduler.MILLI, () -> push(listener));
    }
  }

  @Override
  public void close() {
    closed = true;
  }

  private void push(Consumer<Event> listener) {
    Optional<Event> event = closed ? Optional.empty() : ending();
    if (event.isPresent()) {
      ended = event.get();
      hear(listener, ended);
    } else if (!closed) {
      pushOrWait(listener);
    }
  }

  private void hear(Consumer<Event> listener, Event event) {
    if (!closed) {
      listener.accept(event);
    }
  }

  private Optional<Event> ending() {
    if (subscriptions.isGone()) {
      faults.met(Fault.CONSUMER_GONE);
      return failed(Subscriptions.goneFailure());
    }
    if (scheduler.millis() - beganAt >= lifeMillis) {
      faults.met(Fault.PUSH_ENDED);
      return Optional.of(new Event.SubscriptionEnded(Optional.empty()));
    }
    if (takenOver || faults.strikes(Fault.PUSH_TAKEN_OVER, 0.3)) {
      faults.met(Fault.PUSH_TAKEN_OVER);
      return dice.chance(0.5)
          ? failed(Weather.failure(Fault.PUSH_TAKEN_OVER))
          : Optional.of(new Event.SubscriptionEnded(Optional.empty()));
    }
    return faults.strikes(Fault.PUSH_RESET)
        ? failed(Weather.failure(Fault.RESET))
        : Optional.empty();
  }

  private static Optional<Event> failed(KinesisException cause) {
    return Optional.of(new Event.SubscriptionEnded(Optional.of(cause)));
  }

  private void pushOrWait(Consumer<Event> listener) {
    long millis = scheduler.millis();
    ShardService.Page page = shard.page(index, dice.chance(0.2) ? 20 : 10_000, millis);
    boolean due = millis - pushedAt >= HEARTBEAT;
    if (page.records().isEmpty() && !page.ended() && !due) {
      scheduler.at(nextAt(millis) * Scheduler.MILLI, () -> push(listener));
      return;
    }
    index = page.to();
    pushedAt = millis;
    Event event = new Event.Pushed(pushOf(page));
    if (faults.strikes(Fault.PUSH_DELAYED)) {
      long delay = dice.skewed(100, 14_000);
      scheduler.after(delay * Scheduler.MILLI, () -> hear(listener, event));
    } else {
      hear(listener, event);
    }
  }

  private long nextAt(long millis) {
    long visible = shard.shard.visibleAt(index).orElse(shard.shard.closedAt);
    long soon = Math.max(visible, millis + 200);
    return Math.min(soon, Math.min(pushedAt + HEARTBEAT, beganAt + lifeMillis));
  }

  private Push pushOf(ShardService.Page page) {
    return new Push(
        page.records(),
        page.bytes(),
        page.ended() ? Optional.empty() : Optional.of(continuation(page)),
        page.lag(),
        page.ended() ? shard.children() : List.of());
  }

  /** What was read last, be it long trimmed, or the place before the shard's first record. */
  private SequenceNumber continuation(ShardService.Page page) {
    return page.to() == 0
        ? shard.shard.firstSequence
        : shard.shard.records.get(page.to() - 1).record().sequence();
  }
}
