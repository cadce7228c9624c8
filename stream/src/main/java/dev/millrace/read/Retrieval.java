package dev.millrace.read;

/** How a shard's records come. */
public sealed interface Retrieval {

  /** By GetRecords calls, at a rate that all pollers of the shard share. */
  record Polling() implements Retrieval {}

  /**
   * Pushed to a registered consumer at a rate of its own. While there is no subscription, and for
   * the proof that a bound is met, the shard is polled.
   */
  record FanOut(ConsumerArn consumer) implements Retrieval {}

  static Retrieval polling() {
    return new Polling();
  }

  static Retrieval fanOut(ConsumerArn consumer) {
    return new FanOut(consumer);
  }
}
