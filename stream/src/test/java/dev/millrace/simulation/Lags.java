package dev.millrace.simulation;

import java.util.OptionalLong;

/** What the service says of one shard's lag, and when it answers empty although there is more. */
final class Lags {
  private final Faults faults;
  private final Dice dice;
  private int emptiesLeft;
  private boolean falls;
  private int idleLagsLeft;
  private long idleLag;

  Lags(Faults faults, Dice dice) {
    this.faults = faults;
    this.dice = dice;
  }

  /** Whether the answer is empty although there are records. */
  boolean isSparse() {
    if (emptiesLeft == 0 && faults.strikes(Fault.EMPTY_BEHIND)) {
      falls = dice.chance(0.5);
      emptiesLeft = falls ? dice.between(1, 40) : dice.between(1, 15);
    }
    if (emptiesLeft == 0) {
      return false;
    }
    emptiesLeft--;
    faults.met(Fault.EMPTY_BEHIND);
    return true;
  }

  /** The lag of such an answer; what comes next arrived that long ago or later. */
  OptionalLong sparse(long millis, long nextArrival) {
    long behind = Math.max(1, millis - nextArrival) + (falls ? emptiesLeft * 7_000L : 0);
    return orUnknown(behind);
  }

  /** The lag of an answer with more behind it. */
  OptionalLong behind(long millis, long lastArrival) {
    return orUnknown(Math.max(1, millis - lastArrival));
  }

  /** The lag at the tip, where there is nothing more to come. */
  OptionalLong atTip(boolean records) {
    if (records) {
      faults.met(Fault.LAG_ZERO_WITH_RECORDS);
      return orUnknown(0);
    }
    if (idleLagsLeft == 0 && faults.strikes(Fault.IDLE_LAG, 0.5)) {
      idleLagsLeft = dice.chance(0.1) ? dice.between(20, 60) : dice.between(1, 15);
      idleLag = dice.skewed(1, 100_000);
    }
    if (idleLagsLeft == 0) {
      return orUnknown(0);
    }
    idleLagsLeft--;
    return OptionalLong.of(idleLag);
  }

  private OptionalLong orUnknown(long lag) {
    return faults.strikes(Fault.LAG_UNKNOWN) ? OptionalLong.empty() : OptionalLong.of(lag);
  }
}
