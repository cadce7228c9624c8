package dev.millrace.read;

import dev.millrace.stream.Ledger;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.ShardScan;
import dev.millrace.stream.StreamRef;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;

/**
 * The driver on threads: runs any number of shard readers over a few threads, each step where a
 * call can be made at once, the rest in a queue by the time they are due.
 */
public final class FetchPool {
  private final Kinesis kinesis;
  private final FetchOptions options;
  private final BiFunction<StreamRef, ShardId, ShardBudget> budgets;
  private final Ledger ledger;
  private final long seed;

  public FetchPool(
      Kinesis kinesis,
      FetchOptions options,
      ShardBudgets budgets,
      Ledger ledger,
      RandomGenerator jitter) {
    this(kinesis, options, budgets::of, ledger, jitter);
  }

  /** Over shards whose budgets come from several services. */
  public FetchPool(
      Kinesis kinesis,
      FetchOptions options,
      BiFunction<StreamRef, ShardId, ShardBudget> budgets,
      Ledger ledger,
      RandomGenerator jitter) {
    this.kinesis = kinesis;
    this.options = options;
    this.budgets = budgets;
    this.ledger = ledger;
    this.seed = jitter.nextLong();
  }

  /** Starts a fetch without scans; threads come with the scans that need them. */
  public Fetch start() {
    return new PooledFetch(
        kinesis,
        options,
        (scan, retrieval) ->
            new ShardReader(
                scan,
                retrieval,
                options,
                budgets.apply(scan.stream(), scan.shard()),
                ledger,
                jitterFor(scan)));
  }

  /** A generator is not for several threads, and one of its own makes a scan replay by the seed. */
  private RandomGenerator jitterFor(ShardScan scan) {
    return new Random(seed ^ scan.shard().value().hashCode());
  }
}
