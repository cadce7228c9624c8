package dev.millrace.emulator.operation;

import java.time.Duration;

/**
 * The times of enhanced fan-out, all by the emulator's clock.
 *
 * @param creation how long a consumer is CREATING
 * @param life how long a subscription lasts
 * @param heartbeat how long an idle subscription stays silent
 * @param takeOverAfter how soon another subscription takes a shard over from one's own last
 * @param takenOver how a subscription ends that is taken over
 */
public record FanOutRules(
    Duration creation,
    Duration life,
    Duration heartbeat,
    Duration takeOverAfter,
    TakenOver takenOver) {

  /** The service's pages say of a subscription taken over that it "expires or fails". */
  public enum TakenOver {
    EXPIRES,
    /** Its last message is a ResourceInUseException. */
    FAILS
  }
}
