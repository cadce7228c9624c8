package dev.millrace.local.query;

import java.time.Duration;
import java.time.Instant;

/** From which arrival time on a query's rows come. */
public sealed interface Since {

  /**
   * Not said: where the statement itself bounds {@code _timestamp} from below, else where the
   * table's definition says, else 24 hours back.
   */
  record Unsaid() implements Since {}

  /** So long before the query's instant. */
  record Back(Duration time) implements Since {}

  /** An instant. */
  record At(Instant time) implements Since {}

  /** All that retention holds. */
  record TrimHorizon() implements Since {}

  static Since unsaid() {
    return new Unsaid();
  }

  static Since back(Duration time) {
    return new Back(time);
  }

  static Since at(Instant time) {
    return new At(time);
  }

  static Since trimHorizon() {
    return new TrimHorizon();
  }
}
