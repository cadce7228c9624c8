package dev.millrace.connector.checkpoint;

import dev.millrace.stream.StreamIdentity;
import java.util.List;
import java.util.Optional;

/**
 * Where names and marks are kept, shared by all nodes of a cluster. Any thread may call, and
 * several at once; every call may take as long as a call over the network.
 *
 * <p>The rule it serves: a split that delivered its whole range leaves a mark; the coordinator
 * advances a name only where every split it planned has left one. Whatever ends early, by LIMIT,
 * cancellation or failure, leaves none and so never moves a name.
 *
 * <p>Every method throws {@link dev.millrace.stream.MillraceException} where the store cannot be
 * reached or does not answer as it should.
 */
public interface CheckpointStore extends AutoCloseable {

  /**
   * Where a query under the name reads on; none means where a scan starts otherwise. It may be of
   * an earlier life of the stream.
   */
  Optional<FoundCheckpoint> find(CheckpointName name, StreamIdentity stream);

  /** Leaves a mark. What was lost is in the ledger from then on, whatever becomes of the query. */
  void mark(DoneMark mark);

  /** The marks of a reader, in the order of their shards. */
  List<DoneMark> marks(String reader);

  /**
   * Moves a name on.
   *
   * @param since what {@link #find} gave before the query was planned
   * @return whether it was moved: not where another query has moved it since. An iteration of a
   *     name that has numbers is written whatever was there, so that it can be repeated
   */
  boolean advance(
      CheckpointName name, Optional<FoundCheckpoint> since, Checkpoint next, String query);

  /** Drops the marks of a reader that nobody waits for any more. The ledger stays. */
  void forget(String reader);

  /** What could not be read of a stream under any name, oldest first. */
  List<LedgerEntry> ledger(StreamIdentity stream);

  @Override
  void close();
}
