package dev.millrace.read;

import dev.millrace.stream.StreamRef;
import dev.millrace.stream.StreamSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Takes snapshots: one instant first, the shards after it. */
public final class Snapshots {
  private final ControlCalls calls;

  public Snapshots(ControlCalls calls) {
    this.calls = calls;
  }

  /**
   * The service's clock as it was {@code ago} before it answers now. A command counts from its own
   * start: what had arrived when it was called is what it is asked for, and the time it took to
   * load is time in which the newest records settled.
   */
  public Instant serviceTime(StreamRef anyStream, Duration ago) {
    return calls.summary(anyStream).serviceTime().minus(ago);
  }

  /**
   * A stream as of an instant of the service's clock.
   *
   * @param since the oldest arrival time wanted; empty means all that retention holds
   */
  public Snapshot take(StreamRef stream, Instant time, Optional<Instant> since) {
    StreamSummary summary = calls.summary(stream);
    Instant horizon = time.minus(summary.retention());
    ShardFilter filter =
        since
            .filter(horizon::isBefore)
            .<ShardFilter>map(ShardFilter.FromTimestamp::new)
            .orElseGet(ShardFilter.FromTrimHorizon::new);
    return new Snapshot(stream, summary, time, calls.listShards(stream, filter));
  }
}
