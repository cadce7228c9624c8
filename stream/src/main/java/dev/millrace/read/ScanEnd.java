package dev.millrace.read;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a shard scan ended, when it did not fail.
 *
 * @param readTo up to which arrival time the shard was read, where known
 * @param children the shards that follow, where the scan came to the shard's end and the service
 *     named them
 */
public record ScanEnd(Reason reason, Optional<Instant> readTo, List<ChildShard> children) {

  /** Why there is nothing more to read. */
  public enum Reason {
    /** The bound was met: everything before it was delivered. */
    BOUND,
    /** The shard is closed and was read to its end. */
    SHARD_END,
    /** The service stopped making progress; the ledger has an entry. */
    CUT_SHORT,
    /** The shard is gone; the ledger has an entry. */
    LOST,
    /** The shard is there, but not the position in it; the ledger has an entry. */
    POSITION_LOST
  }
}
