package dev.millrace.read;

import dev.millrace.stream.MillraceException;
import dev.millrace.stream.Position;
import java.time.Instant;

/** What a shard reader wants its driver to do next. */
public sealed interface Step {

  /** Ask for an iterator, then come back with the answer or the failure. */
  record CallIterator(Position position) implements Step {}

  /** Ask for records, then come back with the answer or the failure. */
  record CallRecords(ShardIterator iterator, int limit) implements Step {}

  /** Subscribe, then come back with the answer or the failure. */
  record Subscribe(ConsumerArn consumer, Position position) implements Step {}

  /**
   * Ask the subscription for one push and come back with what its listener hears, or with {@link
   * Event.Resumed} when the driver's clock shows {@code untilNanos} and it heard nothing.
   */
  record AwaitPush(Subscription subscription, long untilNanos) implements Step {}

  /** Close the subscription, then come back. */
  record Unsubscribe(Subscription subscription) implements Step {}

  /** Come back when the driver's clock shows this many nanoseconds. */
  record WaitUntil(long nanos) implements Step {}

  /** Hand this on, then come back. */
  record Emit(RecordBatch batch) implements Step {}

  /**
   * Nothing came, but all that arrived up to a time was read: hand that on, then come back. Now and
   * then, where a shard is idle and followed without end.
   */
  record Progress(Instant readTo) implements Step {}

  /** The scan is over. */
  record Done(ScanEnd end) implements Step {}

  /** The scan cannot go on. */
  record Failed(MillraceException cause) implements Step {}
}
