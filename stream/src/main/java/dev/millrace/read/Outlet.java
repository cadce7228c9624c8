package dev.millrace.read;

import dev.millrace.stream.MillraceException;
import java.time.Instant;

/** Where what a running reader brings goes, and how much it may bring. One thread at a time. */
interface Outlet {

  /**
   * Asks for memory before a step that may lead to a call.
   *
   * @param granted runs once it is reserved, where it is not now; on any thread, also after the
   *     reader was cancelled
   * @return whether it is reserved now
   */
  boolean reserve(long bytes, Runnable granted);

  /**
   * Gives back what was reserved.
   *
   * @param bytes negative where more is held than was reserved
   */
  void release(long bytes);

  /** Takes a batch, which holds {@link RecordBatch#bytes} of what was reserved. */
  void emit(RecordBatch batch);

  /** Nothing came for a while: all that arrived up to a time was read. */
  void progressed(Instant readTo);

  void ended(ScanEnd end);

  void failed(MillraceException cause);
}
