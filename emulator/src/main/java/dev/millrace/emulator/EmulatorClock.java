package dev.millrace.emulator;

import java.time.Instant;
import java.time.InstantSource;

/** The time the emulator lives by: arrival times, retention, expiry, limits, the Date header. */
public interface EmulatorClock extends InstantSource {

  /** The system's clock. */
  static EmulatorClock system() {
    return Instant::now;
  }

  /** A clock that stands still until it is moved. */
  static ManualClock manual(Instant start) {
    return new ManualClock(start);
  }
}
