package dev.millrace.read;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One shard scan being read, for a consumer that must not wait in a thread. The memory of an event
 * is given back when the consumer asks for the next one. One consumer; {@link #close} from any
 * thread.
 */
public interface ScanFetch extends AutoCloseable {

  /**
   * Done when {@link #poll} has something to give or to throw. Whoever completes or cancels it
   * stops nothing.
   */
  CompletableFuture<?> ready();

  /**
   * The next event, where there is one; {@link FetchEvent.Ended} is the last.
   *
   * @throws dev.millrace.stream.MillraceException what ended the scan; thrown again when asked
   *     again
   */
  Optional<FetchEvent> poll();

  /** What is held for the consumer: what waits, and the event it was given last. */
  long heldBytes();

  /**
   * Stops at once: no call follows, one in flight is interrupted, and what it brings is dropped.
   */
  @Override
  void close();
}
