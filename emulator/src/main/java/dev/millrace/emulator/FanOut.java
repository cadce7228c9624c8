package dev.millrace.emulator;

import dev.millrace.emulator.operation.FanOutRules;
import dev.millrace.emulator.operation.FanOutRules.TakenOver;
import java.time.Duration;

/** The times of enhanced fan-out, all by the emulator's clock. */
public final class FanOut {
  private final FanOutRules rules;

  private FanOut(FanOutRules rules) {
    this.rules = rules;
  }

  /**
   * As on the service: subscriptions of five minutes, a heartbeat every five seconds, a take-over
   * five seconds after the last subscription. Only consumers are ACTIVE at once.
   */
  public static FanOut defaults() {
    return new FanOut(
        new FanOutRules(
            Duration.ZERO,
            Duration.ofMinutes(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            TakenOver.EXPIRES));
  }

  /** How long a consumer is CREATING after it was registered. */
  public FanOut withConsumerCreation(Duration creation) {
    return new FanOut(
        new FanOutRules(
            notNegative(creation),
            rules.life(),
            rules.heartbeat(),
            rules.takeOverAfter(),
            rules.takenOver()));
  }

  /** How long a subscription lasts. */
  public FanOut withSubscriptionLife(Duration life) {
    return new FanOut(
        new FanOutRules(
            rules.creation(),
            notNegative(life),
            rules.heartbeat(),
            rules.takeOverAfter(),
            rules.takenOver()));
  }

  /** How long an idle subscription stays silent. */
  public FanOut withHeartbeat(Duration heartbeat) {
    return new FanOut(
        new FanOutRules(
            rules.creation(),
            rules.life(),
            notNegative(heartbeat),
            rules.takeOverAfter(),
            rules.takenOver()));
  }

  /** How soon a consumer may subscribe to a shard again; ResourceInUseException before that. */
  public FanOut withTakeOverAfter(Duration after) {
    return new FanOut(
        new FanOutRules(
            rules.creation(),
            rules.life(),
            rules.heartbeat(),
            notNegative(after),
            rules.takenOver()));
  }

  /** A subscription that is taken over ends with a ResourceInUseException, not as if it expired. */
  public FanOut withFailingTakeOver() {
    return new FanOut(
        new FanOutRules(
            rules.creation(),
            rules.life(),
            rules.heartbeat(),
            rules.takeOverAfter(),
            TakenOver.FAILS));
  }

  FanOutRules rules() {
    return rules;
  }

  @Override
  public String toString() {
    return rules.toString();
  }

  private static Duration notNegative(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("A time of fan-out must not be negative: " + time);
    }
    return time;
  }
}
