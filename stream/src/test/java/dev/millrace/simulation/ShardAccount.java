package dev.millrace.simulation;

import dev.millrace.read.FetchOptions.OnLoss;
import dev.millrace.stream.UserRecord;
import java.util.List;

/**
 * What one consumer should get of one shard and what it got: each user record once, in order, none
 * left out but what retention took, none from outside the bounds.
 */
final class ShardAccount {
  private final World world;
  private final WorldShard shard;
  private final int allowedFrom;
  private final Losses losses;
  private int requiredFrom;
  private int requiredTo;
  private int end;
  private Flags flags = Flags.ALL;

  /** The stored record, and the user record in it, that come next. */
  private int at;

  private int part;
  private boolean begun;

  private boolean failsOnLoss;
  private boolean isUninformed;
  private boolean beginsAtHorizon;
  private int gaps;

  /** Which user records that are out of range are to be flagged as such. */
  enum Flags {
    ALL,
    NONE,
    SOME
  }

  /** How many entries there are of records of a shard that are gone. */
  interface Losses {
    int count(WorldShard shard);
  }

  /**
   * @param allowedFrom before this stored record nothing may come
   * @param requiredFrom from this one on nothing may be left out
   */
  ShardAccount(World world, WorldShard shard, int allowedFrom, int requiredFrom, Losses losses) {
    this.world = world;
    this.shard = shard;
    this.allowedFrom = Math.min(allowedFrom, requiredFrom);
    this.requiredFrom = requiredFrom;
    this.losses = losses;
    this.requiredTo = shard.records.size();
    this.end = shard.records.size();
  }

  /** It goes on in the middle of what somebody read before. */
  void resumeAt(int index, int subsequence) {
    boolean whole =
        index < shard.records.size() && subsequence >= shard.records.get(index).parts().size();
    at = whole ? index + 1 : index;
    part = whole ? 0 : subsequence;
    begun = true;
  }

  /** Nothing comes from {@code hard} on; nothing is left out up to {@code required}. */
  void endAt(int required, int hard) {
    requiredTo = Math.min(required, hard);
    end = hard;
  }

  /**
   * A query of all there is may begin where retention ends: what it loses there is told and fails
   * nothing until it has come away, which only the reader knows.
   */
  void beginsAtHorizon() {
    beginsAtHorizon = true;
  }

  /** Only from here on it is certain what "latest" meant. */
  void requireFrom(int index) {
    requiredFrom = Math.max(requiredFrom, index);
  }

  /** What can be flagged depends on whether the reader is told the shard's hash keys. */
  void expectFlags(Flags expected) {
    flags = expected;
  }

  /** Its reader does not know the retention, and need not notice what it took. */
  void expectUninformed() {
    isUninformed = true;
  }

  void expect(OnLoss onLoss) {
    failsOnLoss = onLoss == OnLoss.FAIL;
  }

  boolean hasBegun() {
    return begun;
  }

  WorldShard shard() {
    return shard;
  }

  /** Takes a user record that was handed out; the answer is what was put. */
  Part deliver(UserRecord record, long millis) {
    int index = nextIs(record) ? at : indexOf(record);
    Stored stored = shard.records.get(index);
    if (!begun) {
      begin(index, record, millis);
    } else if (index != at || record.subsequence() != part) {
      jump(index, record, millis);
    }
    if (index >= end) {
      throw violation("is beyond the bound", record);
    }
    if (stored.visibleAt() > millis || record.subsequence() >= stored.parts().size()) {
      throw violation("was not there", record);
    }
    Part expected = stored.parts().get(part);
    checkContent(expected, stored, record);
    advance(stored);
    return expected;
  }

  private boolean nextIs(UserRecord record) {
    return at < shard.records.size()
        && shard.records.get(at).record().sequence().equals(record.sequence());
  }

  private int indexOf(UserRecord record) {
    int index = shard.indexOf(record.sequence());
    if (index == shard.records.size()
        || !shard.records.get(index).record().sequence().equals(record.sequence())) {
      throw violation("was never put", record);
    }
    return index;
  }

  private void begin(int index, UserRecord record, long millis) {
    if (index < allowedFrom) {
      throw violation("is before the start", record);
    }
    if (record.subsequence() != 0) {
      throw violation("is not the first of its aggregate", record);
    }
    if (index > requiredFrom) {
      checkTrimmed(requiredFrom, index, millis);
    }
    begun = true;
    at = index;
    part = 0;
  }

  private void jump(int index, UserRecord record, long millis) {
    if (index < at || (index == at && record.subsequence() < part)) {
      throw violation("is delivered again", record);
    }
    if (record.subsequence() != 0) {
      throw violation("leaves out others of its aggregate", record);
    }
    checkTrimmed(at, index, millis);
    missed(at, millis);
    at = index;
    part = 0;
  }

  private void checkTrimmed(int from, int to, long millis) {
    if (world.trimmed(shard, millis) < to) {
      Stored lost = shard.records.get(Math.max(from, world.trimmed(shard, millis)));
      throw new Violation(
          lost.record()
              + " was left out; reading stood at index "
              + at
              + ":"
              + part
              + " of "
              + shard);
    }
  }

  private void missed(int from, long millis) {
    if (isUninformed) {
      return;
    }
    gaps++;
    if (failsOnLoss && !beginsAtHorizon) {
      throw new Violation("a loss was to fail the reading of " + this);
    }
    if (losses.count(shard) < gaps) {
      throw new Violation(
          "records of "
              + shard
              + " from "
              + shard.records.get(from).record().sequence()
              + " on were trimmed and the ledger does not know, at "
              + millis);
    }
  }

  private void checkContent(Part expected, Stored stored, UserRecord record) {
    boolean same =
        expected.isDeliveredAs(record)
            && record.shard().equals(shard.id)
            && record.arrivalMillis() == stored.record().arrivalMillis();
    if (!same) {
      throw violation("is not as it was put", record);
    }
    boolean flagged = flags != Flags.NONE && expected.outOfRange();
    if (flagged != record.outOfRange() && (flags != Flags.SOME || record.outOfRange())) {
      throw violation("is out of range: " + flagged + ", but flagged otherwise", record);
    }
  }

  private void advance(Stored stored) {
    part++;
    if (part == stored.parts().size()) {
      part = 0;
      at++;
    }
  }

  /** Whether nothing more is to come, but for what retention took, which the ledger knows. */
  boolean isComplete(long millis) {
    boolean isRest = world.trimmed(shard, millis) >= requiredTo;
    boolean isTold = !failsOnLoss && losses.count(shard) > gaps; // Else the failure is on its way.
    return nextIndex() >= requiredTo || (isRest && (!begun || isTold));
  }

  /** As {@link #isComplete}, whatever the ledger knows. */
  boolean isReadOrTrimmed(long millis) {
    return nextIndex() >= requiredTo || world.trimmed(shard, millis) >= requiredTo;
  }

  /** The stored record that comes next. */
  int nextIndex() {
    return begun ? at : requiredFrom;
  }

  /** The scan says that there is nothing more. */
  void finish(long millis) {
    if (nextIndex() < requiredTo) {
      checkTrimmed(nextIndex(), requiredTo, millis);
      if (begun) {
        missed(at, millis);
      }
    }
  }

  /** What was lost before the first record came although it was there at some instant. */
  List<Stored> lostBeforeBegin(long sinceMillis) {
    int from = Math.max(requiredFrom, world.trimmed(shard, sinceMillis));
    int to = begun ? at : requiredTo;
    return from < to ? shard.records.subList(from, to) : List.of();
  }

  @Override
  public String toString() {
    return "index " + at + ":" + part + (begun ? "" : " not begun") + " of " + shard;
  }

  private Violation violation(String what, UserRecord record) {
    return new Violation(
        record + " " + what + "; expected index " + at + ":" + part + " of " + shard);
  }
}
