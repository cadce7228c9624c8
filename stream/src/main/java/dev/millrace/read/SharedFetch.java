package dev.millrace.read;

import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.Ledger;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.ShardScan;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * One set of threads for the shard scans of many consumers: any number of scans, a bounded number
 * of calls in flight. Each scan has a queue, an end and a failure of its own. Thread-safe.
 *
 * <p>Memory: a consumer that waits always gets an answer, whatever the others hold, because some of
 * them may be waiting for it. What is fetched ahead of a consumer that is busy, at most one answer,
 * is taken from a budget that all scans share; where that is spent a scan fetches when it is asked.
 */
public final class SharedFetch implements AutoCloseable {
  private final Set<ScanQueue> open = ConcurrentHashMap.newKeySet();
  private final ReaderThreads threads;
  private final MemoryBudget ahead;
  private final long firstReserve;
  private volatile boolean closed;

  /** When a scan makes its next call. */
  public enum Pace {
    /** While the consumer works on the answer before. */
    AHEAD,
    /** When the consumer has come for more: it may have enough. */
    ON_DEMAND
  }

  /**
   * @param options how many calls in flight, and how many bytes ahead of the consumers
   */
  public SharedFetch(FetchOptions options) {
    this.threads = new ReaderThreads(options.callsInFlight());
    this.ahead = new MemoryBudget(options.bufferBytes());
    this.firstReserve = options.firstReserve();
  }

  /**
   * What a scan is read with.
   *
   * @param options how this scan behaves; the calls in flight and the bytes ahead are those of all
   * @param ledger hears what could not be read
   */
  public record Source(
      Kinesis kinesis,
      FetchOptions options,
      ShardBudget budget,
      Ledger ledger,
      RandomGenerator jitter) {}

  /** Starts a scan that polls, which makes its first call at once. */
  public ScanFetch start(ShardScan scan, Source source, Pace pace) {
    return start(scan, Retrieval.polling(), source, pace);
  }

  /** Starts a scan, which makes its first call at once. */
  public ScanFetch start(ShardScan scan, Retrieval retrieval, Source source, Pace pace) {
    ShardReader reader =
        new ShardReader(
            scan, retrieval, source.options(), source.budget(), source.ledger(), source.jitter());
    ScanQueue queue = new ScanQueue(scan, ahead, pace, open::remove);
    open.add(queue);
    queue.reads(threads.start(reader, source.kinesis(), queue, firstReserve));
    if (closed) {
      breakOff(queue);
    }
    return queue;
  }

  /** Ends the threads; scans that are not over fail, and whoever waits for them hears of it. */
  @Override
  public void close() {
    closed = true;
    threads.close();
    open.forEach(SharedFetch::breakOff);
  }

  private static void breakOff(ScanQueue queue) {
    queue.failed(
        new MillraceException(
            ErrorCode.INTERNAL,
            "Reading " + queue.scan() + " was broken off: its reader was closed"));
  }
}
