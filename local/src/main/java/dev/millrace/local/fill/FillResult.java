package dev.millrace.local.fill;

import dev.millrace.stream.StreamRef;
import java.util.Map;
import java.util.Optional;

/**
 * How a fill ended.
 *
 * @param records stored by it
 * @param end why it ended
 * @param held for each stream the part of its window that is held in all its shards; empty where
 *     there is none
 */
public record FillResult(long records, End end, Map<StreamRef, Optional<HeldWindow>> held) {

  /** Why a fill ended. */
  public enum End {
    /** Nothing is missing, apart from what the ledger names. */
    COMPLETE,
    /** The statement has the rows it needs. */
    ENOUGH,
    /** The time to wait was over. */
    OUT_OF_TIME
  }
}
