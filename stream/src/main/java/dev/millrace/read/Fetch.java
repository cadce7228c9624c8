package dev.millrace.read;

import dev.millrace.stream.ShardScan;
import java.time.Duration;
import java.util.Optional;

/**
 * Shard scans being read at once. One consumer takes what comes, in order for each scan; the memory
 * of a batch is given back when the consumer asks for the next event, and calls stop while it holds
 * more than the options allow.
 */
public interface Fetch extends AutoCloseable {

  /** Adds a scan that polls; it starts at once. */
  default void add(ShardScan scan) {
    add(scan, Retrieval.polling());
  }

  /** Adds a scan; it starts at once. */
  void add(ShardScan scan, Retrieval retrieval);

  /**
   * Waits for the next event, no longer than {@code timeout}.
   *
   * @return empty when the time is over, or when no scan is left
   * @throws dev.millrace.stream.MillraceException what ended a scan; the fetch is then closed
   * @throws IllegalStateException where it was closed before it was done
   */
  Optional<FetchEvent> poll(Duration timeout) throws InterruptedException;

  /** True when every scan has ended and its events were taken. */
  boolean isDone();

  /** Stops what is under way. */
  @Override
  void close();
}
