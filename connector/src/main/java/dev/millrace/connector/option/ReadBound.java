package dev.millrace.connector.option;

import java.time.Duration;
import java.time.Instant;

/** Up to which arrival time queries read that do not say so themselves, exclusively. */
public sealed interface ReadBound {

  /** Everything that has arrived when the query begins. */
  record Now() implements ReadBound {
    @Override
    public String toString() {
      return "now";
    }
  }

  /** What had arrived that long before the query began. */
  record Ago(Duration duration) implements ReadBound {
    @Override
    public String toString() {
      return duration.toMillis() + "ms";
    }
  }

  record At(Instant instant) implements ReadBound {
    @Override
    public String toString() {
      return instant.toString();
    }
  }
}
