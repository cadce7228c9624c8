package dev.millrace.connector.checkpoint;

import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamIdentity;
import java.util.List;
import java.util.Map;
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

  /** Where a query under the name reads on; none means where a scan starts otherwise. */
  Optional<Checkpoint> find(CheckpointName name, StreamIdentity stream);

  /** Leaves a mark. What was lost is in the ledger from then on, whatever becomes of the query. */
  void mark(DoneMark mark);

  /** The marks of a query, in no order. */
  List<DoneMark> marks(String query);

  /**
   * Moves a name on.
   *
   * @param since what {@link #find} gave before the query was planned
   * @param shards where each shard is read on; those of {@code since} that are not among them are
   *     forgotten
   * @return whether it was moved: not where another query has moved it since
   */
  boolean advance(
      CheckpointName name,
      StreamIdentity stream,
      Optional<Checkpoint> since,
      Map<ShardId, Reached> shards,
      String query);

  /** Drops the marks of a query that nobody waits for any more. The ledger stays. */
  void forget(String query);

  /** What could not be read from a stream, oldest first. */
  List<LedgerEntry> ledger(StreamIdentity stream);

  @Override
  void close();
}
