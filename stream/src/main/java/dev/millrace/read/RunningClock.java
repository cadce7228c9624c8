package dev.millrace.read;

import java.time.Instant;

/** The service's clock between its answers, by the driver's. About right, and no proof. */
final class RunningClock {
  private Instant time = Instant.EPOCH;
  private long nanos;

  void set(Instant serviceTime, long now) {
    time = serviceTime;
    nanos = now;
  }

  Instant at(long now) {
    return time.plusNanos(now - nanos);
  }
}
