package dev.millrace.read;

import dev.millrace.stream.Bound;
import dev.millrace.stream.UserRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When a bound is met: by a record that lies beyond it, or by an empty answer that proves that no
 * record before it is missing.
 */
abstract class BoundCheck {

  /** Beyond every time that means something, and far from where arithmetic ends. */
  private static final Instant FAR = Instant.ofEpochSecond(1L << 40);

  /** How long a scan at the tip waits at most before it looks again. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  static BoundCheck of(Bound bound, FetchOptions options) {
    if (bound instanceof Bound.TipAsOf tip) {
      Instant snapshot = clamped(tip.snapshot());
      return new TimeCheck(snapshot, snapshot.plus(options.settle()), snapshot);
    } else if (bound instanceof Bound.BeforeTime before) {
      Instant time = clamped(before.time());
      Instant padded = time.plus(options.arrivalSlack());
      return new TimeCheck(padded.minusMillis(1), padded, time);
    } else if (bound instanceof Bound.BeforeSequence before) {
      return new SequenceCheck(before);
    } else if (bound instanceof Bound.Never) {
      return new NeverCheck();
    }
    throw new AssertionError(bound);
  }

  private static Instant clamped(Instant time) {
    Instant early = time.isAfter(FAR) ? FAR : time;
    return early.isBefore(Instant.EPOCH) ? Instant.EPOCH : early;
  }

  /** Whether a record lies beyond the bound: neither it nor what follows it is delivered. */
  abstract boolean isBeyond(UserRecord record);

  /** How long until an empty answer can prove the bound; zero when this one does. */
  abstract Proof proof(RecordsAnswer empty);

  /**
   * The arrival time up to which a shard is read when the bound is met, where the bound is a time.
   */
  abstract Optional<Instant> readTo();

  /** How many of the records come before the bound. */
  final int countBefore(List<UserRecord> records) {
    for (int i = 0; i < records.size(); i++) {
      if (isBeyond(records.get(i))) {
        return i;
      }
    }
    return records.size();
  }

  /**
   * What an empty answer says of a bound.
   *
   * @param met everything before the bound was read
   * @param countsAsStalled the service's clock is past the instant, so an answer like this one that
   *     shows no progress counts towards giving up
   * @param pause the time after which asking again can prove more, zero where that is not known
   */
  record Proof(boolean met, boolean countsAsStalled, Duration pause) {
    static final Proof MET = new Proof(true, false, Duration.ZERO);
    static final Proof NOT_YET = new Proof(false, false, Duration.ZERO);
    static final Proof STALLED = new Proof(false, true, Duration.ZERO);
  }

  private static final class TimeCheck extends BoundCheck {
    private final long lastMillis;
    private final Instant provenAt;
    private final Instant readTo;

    TimeCheck(Instant lastIncluded, Instant provenAt, Instant readTo) {
      this.lastMillis = lastIncluded.toEpochMilli();
      this.provenAt = provenAt;
      this.readTo = readTo;
    }

    @Override
    boolean isBeyond(UserRecord record) {
      return record.arrivalMillis() > lastMillis;
    }

    @Override
    Proof proof(RecordsAnswer empty) {
      Optional<Instant> seen = empty.readTo();
      if (seen.isPresent() && !seen.get().isBefore(provenAt)) {
        return Proof.MET;
      }
      if (!empty.serviceTime().isBefore(provenAt)) {
        return Proof.STALLED;
      }
      boolean atTip = empty.millisBehind().orElse(1) == 0;
      Duration left = Duration.between(empty.serviceTime(), provenAt);
      Duration pause = left.compareTo(LONGEST_PAUSE) < 0 ? left : LONGEST_PAUSE;
      return atTip ? new Proof(false, false, pause) : Proof.NOT_YET;
    }

    @Override
    Optional<Instant> readTo() {
      return Optional.of(readTo);
    }
  }

  /**
   * The record with the bound's number was seen once, so at the tip nothing before it is missing.
   */
  private static final class SequenceCheck extends BoundCheck {
    private final Bound.BeforeSequence bound;

    SequenceCheck(Bound.BeforeSequence bound) {
      this.bound = bound;
    }

    @Override
    boolean isBeyond(UserRecord record) {
      return !record.sequence().isBefore(bound.sequence());
    }

    @Override
    Proof proof(RecordsAnswer empty) {
      return empty.millisBehind().orElse(1) == 0 ? Proof.MET : Proof.STALLED;
    }

    @Override
    Optional<Instant> readTo() {
      return Optional.empty();
    }
  }

  private static final class NeverCheck extends BoundCheck {
    @Override
    boolean isBeyond(UserRecord record) {
      return false;
    }

    @Override
    Proof proof(RecordsAnswer empty) {
      return Proof.NOT_YET;
    }

    @Override
    Optional<Instant> readTo() {
      return Optional.empty();
    }
  }
}
