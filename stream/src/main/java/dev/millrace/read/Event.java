package dev.millrace.read;

/** What a driver brings back to a shard reader. */
public sealed interface Event {

  /** Nothing but the time: at the start, after an emit, after a wait. */
  record Resumed() implements Event {}

  record IteratorReady(IteratorAnswer answer) implements Event {}

  record Answered(RecordsAnswer answer) implements Event {}

  record CallFailed(KinesisException cause) implements Event {}
}
