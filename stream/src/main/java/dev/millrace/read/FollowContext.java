package dev.millrace.read;

import dev.millrace.stream.Ledger;
import java.util.function.LongSupplier;

/**
 * What following a stream needs.
 *
 * @param fetch reads the shards; closed with the following
 * @param ledger hears of shards that nothing follows on
 * @param nanoTime a monotonic clock
 * @param pause how to wait while no shard is read
 */
public record FollowContext(
    ControlCalls calls,
    Fetch fetch,
    Retrieval retrieval,
    Ledger ledger,
    LongSupplier nanoTime,
    Pause pause) {

  /** Polling, on the system's clock. */
  public FollowContext(ControlCalls calls, Fetch fetch, Ledger ledger) {
    this(calls, fetch, Retrieval.polling(), ledger, System::nanoTime, Pause.sleeping());
  }

  public FollowContext withRetrieval(Retrieval value) {
    return new FollowContext(calls, fetch, value, ledger, nanoTime, pause);
  }
}
