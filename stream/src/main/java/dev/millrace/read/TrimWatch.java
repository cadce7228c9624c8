package dev.millrace.read;

import dev.millrace.stream.Bound;
import dev.millrace.stream.Position;
import dev.millrace.stream.ShardScan;
import dev.millrace.stream.UserRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whether retention may have taken records that the scan had not come to. The service goes on from
 * the trim horizon without a word, so it shows in two ways only: the record that was read last is
 * not met again where reading goes on, or the horizon has passed the time up to which everything
 * was read.
 */
final class TrimWatch {
  /** How far an answer's time may be before the true one, by which the service trims. */
  private static final Duration CLOCK_ERROR = Duration.ofSeconds(1);

  private final Optional<Duration> retention;
  private final Duration slack;
  private Optional<Instant> readTo;

  /** A query of all there is begins where retention ends, and has not come away from there yet. */
  private boolean atHorizon;

  TrimWatch(ShardScan scan, Duration arrivalSlack) {
    this.retention = scan.facts().retention();
    this.slack = arrivalSlack;
    this.readTo = scan.facts().readTo();
    this.atHorizon = readTo.isEmpty() && isOpen(scan.from()) && !(scan.to() instanceof Bound.Never);
  }

  private static boolean isOpen(Position from) {
    return from instanceof Position.TrimHorizon || from instanceof Position.AtTimestamp;
  }

  /**
   * Whether the scan is still where it began, at the trim horizon: what retention takes there it
   * takes from every such scan, which is worth an entry and no failure.
   */
  boolean isAtHorizon() {
    return atHorizon;
  }

  /** Notes whether what was read is clearly newer than the horizon. */
  void leaveHorizon(Instant serviceTime) {
    if (isInformed() && !isPassed(serviceTime.plus(slack))) {
      atHorizon = false;
    }
  }

  /** Up to which arrival time everything was read that the scan came to, where known. */
  Optional<Instant> readTo() {
    return readTo;
  }

  /** Whether it can tell by times alone. */
  boolean isInformed() {
    return readTo.isPresent() && retention.isPresent();
  }

  /** The trim horizon passed what was read: what came between the two may be gone. */
  boolean isPassed(Instant serviceTime) {
    return isInformed()
        && readTo
            .orElseThrow()
            .isBefore(serviceTime.plus(CLOCK_ERROR).minus(retention.orElseThrow()));
  }

  /**
   * Whether nothing can be missing although the record read last is gone: everything up to the
   * horizon was read, and what lies after it is still held.
   */
  boolean isCovered(Instant serviceTime) {
    return isInformed() && !isPassed(serviceTime);
  }

  /** Records were read: whatever comes before the last of them in the shard was read, too. */
  void read(List<UserRecord> records) {
    if (!records.isEmpty()) {
      advance(records.get(records.size() - 1).arrival());
    }
  }

  /**
   * The service says that all up to a time was read; what follows may have arrived a little before
   * it. At the trim horizon itself that says nothing: whoever starts there takes what is left.
   */
  void read(Optional<Instant> upTo, Instant serviceTime) {
    beyondHorizon(upTo, serviceTime).ifPresent(this::advance);
  }

  /** Whether {@link #read(Optional, Instant)} would take anything from that. */
  boolean isAdvancedBy(Optional<Instant> upTo, Instant serviceTime) {
    return beyondHorizon(upTo, serviceTime).isPresent();
  }

  private Optional<Instant> beyondHorizon(Optional<Instant> upTo, Instant serviceTime) {
    Optional<Instant> horizon = retention.map(serviceTime::minus);
    return upTo.map(time -> time.minus(slack))
        .filter(time -> horizon.isEmpty() || horizon.get().isBefore(time));
  }

  private void advance(Instant time) {
    if (readTo.isEmpty() || readTo.get().isBefore(time)) {
      readTo = Optional.of(time);
    }
  }

  /** What may be missing, as a sentence's end. */
  String between(Instant serviceTime) {
    String horizon = retention.map(r -> " to " + serviceTime.minus(r)).orElse("");
    return readTo.map(from -> "what arrived from " + from + horizon).orElse("records");
  }
}
