package dev.millrace.read;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A reader's subscription: when to subscribe, when one has gone silent, when to leave it.
 *
 * <p>Polling is what the reader does without one, so whatever goes wrong here costs speed and
 * nothing else.
 */
final class Subscribing {
  /** A live subscription pushes something every five seconds, be it empty. */
  static final Duration SILENCE = Duration.ofSeconds(15);

  /** Within so long of the one before, the service takes no other subscription. */
  static final Duration GAP = Duration.ofSeconds(5);

  private static final Duration LONGEST_GAP = Duration.ofMinutes(1);

  private final Optional<ConsumerArn> consumer;
  private final Backoff backoff;
  private @Nullable Subscription current;
  private @Nullable Subscription leaving;
  private boolean over;
  private boolean awaiting;
  private long silentAt;
  private long notBefore;
  private boolean waits;
  private long subscribedAt;
  private int failuresInRow;

  Subscribing(Retrieval retrieval, RandomGenerator jitter) {
    this.consumer =
        retrieval instanceof Retrieval.FanOut fanOut
            ? Optional.of(fanOut.consumer())
            : Optional.empty();
    this.over = consumer.isEmpty();
    this.backoff = new Backoff(GAP.multipliedBy(2), LONGEST_GAP, jitter);
  }

  /** Whether pushes are what the reader lives on now. */
  boolean isLive() {
    return current != null;
  }

  /** The consumer to subscribe now; empty while there is a subscription or none is to be had. */
  Optional<ConsumerArn> due(long now) {
    boolean early = waits && notBefore - now > 0;
    return over || current != null || early ? Optional.empty() : consumer;
  }

  void began(Subscription subscription, long now) {
    current = subscription;
    subscribedAt = now;
    waits = false;
  }

  /** Waiting for a push, from now on or still. */
  Step.AwaitPush await(long now) {
    if (!awaiting) {
      awaiting = true;
      silentAt = now + SILENCE.toNanos();
    }
    return new Step.AwaitPush(java.util.Objects.requireNonNull(current), silentAt);
  }

  boolean isAwaiting() {
    return awaiting;
  }

  long silentAt() {
    return silentAt;
  }

  boolean isSilent(long now) {
    return awaiting && silentAt - now <= 0;
  }

  void pushed() {
    awaiting = false;
    failuresInRow = 0;
  }

  /**
   * The subscription came to its end. One that did so soon was taken over: whoever did it would be
   * taken over in turn.
   */
  void ended(long now) {
    current = null;
    awaiting = false;
    if (now - subscribedAt < GAP.toNanos()) {
      later(now);
    }
  }

  /** It, or the attempt to have one, failed: the next attempt waits. */
  void failed(long now) {
    leave();
    later(now);
  }

  private void later(long now) {
    failuresInRow++;
    waits = true;
    notBefore = now + backoff.nanos(failuresInRow);
  }

  /** No subscription from now on. */
  void giveUp() {
    leave();
    over = true;
  }

  private void leave() {
    leaving = current != null ? current : leaving;
    current = null;
    awaiting = false;
  }

  /** What is still to be closed, once. */
  Optional<Subscription> takeLeaving() {
    Optional<Subscription> taken = Optional.ofNullable(leaving);
    leaving = null;
    return taken;
  }
}
